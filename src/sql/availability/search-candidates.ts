import { composedStatement } from '../composed-statement.js';
import { type ResourceFilter, resourceFilterSql } from '../resources/resource-filter.js';
import type { Queryable } from '../statement.js';

export interface CandidateWish {
  /** Checked by checkResourceFilter. */
  readonly filter: ResourceFilter;
  readonly quantity: number;
}

/**
 * For each wish the active resources that the filter finds and that have the quantity in all, those with the fewest
 * seats first, then by name; at most `most` for each. One statement for all of them.
 */
export async function searchCandidates(
  on: Queryable,
  wishes: readonly CandidateWish[],
  most: number,
): Promise<string[][]> {
  const values: unknown[] = [most];
  const parts = wishes.map(({ filter, quantity }, index) => {
    const { where } = resourceFilterSql(filter, values);
    const enough = `r.capacity >= $${values.push(quantity)}::integer`;
    return `(select ${index} as wish, r.id from resource r where ${where} and r.status = 'ACTIVE' and ${enough}
      order by r.seats nulls last, r.name, r.id limit $1::integer)`;
  });
  const statement = composedStatement<{ wish: number; id: string }>('candidates', parts.join(' union all '));
  const found: string[][] = wishes.map(() => []);
  for (const { wish, id } of await on.query(statement, values)) found[wish]?.push(id);
  return found;
}
