import { lockRules } from '../../sql/rules/lock-rules.js';
import { tellRules } from '../../sql/rules/scope.js';
import { deleteRule, lockRule } from '../../sql/rules/write-rule.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound, type VersionConflict } from '../failure.js';
import { stale } from '../resources/stale.js';
import type { Rule } from './rule.js';
import { checkRuling } from './rule-rights.js';

export interface RemoveRule {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

type Outcome = { readonly rule: Rule; readonly touched: readonly string[] } | NotFound | VersionConflict;

/**
 * Takes a rule out of the book as if it had never been there; ending it from a date on is setRule's. For those
 * who may make it.
 * @returns the rule as it was
 */
export async function removeRule(
  ctx: ViewerCtx,
  input: RemoveRule,
): Promise<{ readonly rule: Rule } | NotFound | VersionConflict> {
  const outcome = await ctx.db.transaction((tx) => remove(tx, ctx, input));
  if (!('rule' in outcome)) return outcome;
  ctx.bus.wake({ kind: 'streams', resourceIds: outcome.touched });
  return { rule: outcome.rule };
}

async function remove(tx: Queryable, ctx: ViewerCtx, { id, expectedVersion }: RemoveRule): Promise<Outcome> {
  await lockRules(tx);
  const rule = (await lockRule(tx, id)) as Rule | null;
  if (!rule || (await checkRuling(tx, ctx.viewer, rule, rule.kind))) return notFound(['id'], 'rule');
  const conflict = stale('Rule', rule, expectedVersion);
  if (conflict) return conflict;
  await deleteRule(tx, id);
  const { version: _version, ...before } = rule;
  await recordAudit(tx, ctx, { action: 'rule.remove', subjectId: id, before });
  return { rule, touched: await tellRules(tx, rule) };
}
