import type { RuleScope } from '../rules/read-rule-book.js';
import { inScope, scopeValues } from '../rules/scope.js';
import { type Queryable, statement } from '../statement.js';

const ZONES = statement<{ timeZone: string }>(
  'scope-zones',
  `select distinct r.time_zone as "timeZone" from resource r join place p on p.id = r.place_id
   where ${inScope('r', 'p', 1)} order by 1`,
);

/** The time zones of all resources in the scope. */
export async function zonesOf(on: Queryable, scope: RuleScope): Promise<string[]> {
  return (await on.query(ZONES, scopeValues(scope))).map(({ timeZone }) => timeZone);
}
