import type { Role } from '../../domain/act.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type RuleRow, type RuleScope, ruleJson } from './read-rule-book.js';
import { isScope, scopeValues } from './scope.js';

/** What there is only one rule of: rule_key. */
export type RuleKey = RuleScope & Pick<RuleRow, 'kind' | 'name' | 'effectiveFrom'>;

const LOCK_AT = statement<{ row: RuleRow }>(
  'rule-lock-at',
  `select ${ruleJson('r')} as row from rule r where ${isScope('r', 1)} and r.kind = $4 and r.name = $5
     and r.effective_from is not distinct from $6::date for update`,
);

/** The rule at this very place, kept as it is until the transaction ends; null where there is none yet. */
export async function lockRuleAt(tx: Queryable, key: RuleKey): Promise<RuleRow | null> {
  const { kind, name, effectiveFrom } = key;
  return (await tx.query(LOCK_AT, [...scopeValues(key), kind, name, effectiveFrom]))[0]?.row ?? null;
}

const LOCK = statement<{ row: RuleRow }>(
  'rule-lock',
  `select ${ruleJson('r')} as row from rule r where r.id = $1 for update`,
);

/** The rule, kept as it is until the transaction ends; null where it is gone. */
export async function lockRule(tx: Queryable, id: string): Promise<RuleRow | null> {
  return (await tx.query(LOCK, [id]))[0]?.row ?? null;
}

const INSERT = statement<{ row: RuleRow }>(
  'rule-insert',
  `with made as (
     insert into rule (id, resource_id, type_id, place_id, kind, name, effective_from, exempt_roles, settings, created_at)
     values ($2, $3, $4, $5, $6, $7, $8::date, $9, $10, ${NOW}) returning *
   )
   select ${ruleJson('made')} as row from made`,
);

/** Writes a new rule where lockRuleAt has found none, behind lockRules. */
export async function insertRule(
  tx: Queryable,
  now: string | null,
  rule: Omit<RuleRow, 'version'>,
): Promise<RuleRow> {
  const [made] = await tx.query(INSERT, [
    now,
    rule.id,
    ...scopeValues(rule),
    rule.kind,
    rule.name,
    rule.effectiveFrom,
    rule.exemptRoles,
    rule.settings && JSON.stringify(rule.settings),
  ]);
  return (made as { row: RuleRow }).row;
}

const REPLACE = statement<{ row: RuleRow }>(
  'rule-replace',
  `with changed as (
     update rule set exempt_roles = $2, settings = $3, version = version + 1 where id = $1 returning *
   )
   select ${ruleJson('changed')} as row from changed`,
);

/** Gives a locked rule other settings and its next version. */
export async function replaceRule(
  tx: Queryable,
  id: string,
  exemptRoles: readonly Role[],
  settings: object | null,
): Promise<RuleRow> {
  const [changed] = await tx.query(REPLACE, [id, exemptRoles, settings && JSON.stringify(settings)]);
  return (changed as { row: RuleRow }).row;
}

const DELETE = statement<never>('rule-delete', 'delete from rule where id = $1');

/** Removes a rule. */
export async function deleteRule(tx: Queryable, id: string): Promise<void> {
  await tx.query(DELETE, [id]);
}
