import { type Queryable, statement } from '../statement.js';
import type { RuleScope } from './read-rule-book.js';

/** The scope as three parameters, in the order that inScope and isScope count on. */
export const scopeValues = ({ resourceId, typeId, placeId }: RuleScope): (string | null)[] => [
  resourceId,
  typeId,
  placeId,
];

/** SQL: whether resource `r` at place `p` lies in the scope that stands in three parameters from `$first` on. */
export const inScope = (r: string, p: string, first: number): string =>
  `($${first}::uuid is null or ${r}.id = $${first}) and ($${first + 1}::uuid is null or ${r}.type_id = $${first + 1})
   and ($${first + 2}::uuid is null or $${first + 2} = any (${p}.path))`;

/** SQL: whether the row with alias `s` stands at exactly that scope. */
export const isScope = (s: string, first: number): string =>
  `${s}.resource_id is not distinct from $${first}::uuid and ${s}.type_id is not distinct from $${first + 1}::uuid
   and ${s}.place_id is not distinct from $${first + 2}::uuid`;

const EXISTS = statement<{ exists: boolean }>(
  'rule-scope-exists',
  `select ($1::uuid is null or exists (select from resource where id = $1))
    and ($2::uuid is null or exists (select from resource_type where id = $2))
    and ($3::uuid is null or exists (select from place where id = $3)) as exists`,
);

/** Whether the resource, the type or the place is there; the organisation always is. */
export async function scopeExists(on: Queryable, scope: RuleScope): Promise<boolean> {
  return (await on.query(EXISTS, scopeValues(scope)))[0]?.exists ?? false;
}

const TELL = statement<{ touched: string[] }>(
  'tell-rules',
  'select stream_tell_rules($1, $2, $3) as touched',
);

/**
 * Numbers a change of rules in the stream of every resource in the scope, whose locks it keeps until the
 * transaction ends: what is placed there from now on is judged anew.
 * @returns their ids, to be woken after the commit
 */
export async function tellRules(tx: Queryable, scope: RuleScope): Promise<string[]> {
  return (await tx.query(TELL, scopeValues(scope)))[0]?.touched ?? [];
}

const TELL_CLOSING = statement<{ touched: string[] }>(
  'tell-closing',
  `select stream_tell_rules(one.id, $2, $3) as touched
   from (select $1::uuid as id union select l.whole_id from resource_part l where l.part_id = $1 order by 1) one`,
);

/** The same for a closure: one of a part closes the wholes around it, whose streams tell it too. */
export async function tellClosing(tx: Queryable, scope: RuleScope): Promise<string[]> {
  return (await tx.query(TELL_CLOSING, scopeValues(scope))).flatMap(({ touched }) => touched);
}
