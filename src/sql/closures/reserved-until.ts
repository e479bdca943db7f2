import { NOW } from '../reservations/reservation-json.js';
import type { RuleScope } from '../rules/read-rule-book.js';
import { inScope, scopeValues } from '../rules/scope.js';
import { type Queryable, statement } from '../statement.js';

/** The last claim of each resource by claim_day from its end, so that neither history nor what lies between is read. */
const UNTIL = statement<{ until: number | null }>(
  'scope-reserved-until',
  `select (extract(epoch from max(last.begins + s.longest)) * 1000)::float8 as until
   from resource r
   join place p on p.id = r.place_id
   join stream s on s.resource_id = r.id
   cross join lateral (
     select lower(c.occupied) as begins from claim c
     where c.resource_id = r.id and c.occupies and c.occupies_until > ${NOW} and lower(c.occupied) > ${NOW} - s.longest
     order by lower(c.occupied) desc limit 1) last
   where ${inScope('r', 'p', 2)}`,
);

/**
 * An instant (ms since 1970) at which everything that is reserved in the scope is over: no later than the longest
 * reservation of a resource behind the start of its last one. Null where nothing is reserved.
 */
export async function reservedUntil(
  on: Queryable,
  now: string | null,
  scope: RuleScope,
): Promise<number | null> {
  return (await on.query(UNTIL, [now, ...scopeValues(scope)]))[0]?.until ?? null;
}
