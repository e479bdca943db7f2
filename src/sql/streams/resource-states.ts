import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/**
 * Where a resource stands, as one text. While it is the same, so are the resource's own columns and what is free and
 * busy of it: every change of availability moves the stream's number, every change of the row its xmin, and what has
 * died by the clock since then, before somebody tidies up, is counted by claim_mortal.
 */
const STATES = statement<{ state: string }>(
  'resource-states',
  `select concat_ws(' ', r.id, s.version, r.version, r.xmin, (select count(*) from claim c
     where c.resource_id = r.id and c.occupies_until > '-infinity' and c.occupies_until < 'infinity'
       and c.occupies_until <= ${NOW})) as state
   from resource r join stream s on s.resource_id = r.id
   where r.id = any ($2::uuid[]) order by r.id`,
);

/** The states of these resources, in the order of their ids; those that do not exist are left out. */
export const resourceStates = async (
  on: Queryable,
  now: string | null,
  resourceIds: readonly string[],
): Promise<string[]> => (await on.query(STATES, [now, resourceIds])).map(({ state }) => state);
