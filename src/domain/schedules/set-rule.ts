import { lockRules } from '../../sql/rules/lock-rules.js';
import type { RuleRow, RuleScope } from '../../sql/rules/read-rule-book.js';
import { scopeExists, tellRules } from '../../sql/rules/scope.js';
import { insertRule, lockRuleAt, replaceRule } from '../../sql/rules/write-rule.js';
import type { Queryable } from '../../sql/statement.js';
import type { Role, ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, type NotFound, notFound, type VersionConflict } from '../failure.js';
import { newId } from '../ids.js';
import { difference } from '../resources/difference.js';
import { stale } from '../resources/stale.js';
import { checkSameTerms } from './check-terms.js';
import type { Rule } from './rule.js';
import { checkNames } from './rule-names.js';
import { checkRule, type RuleContent, settleRule } from './rule-policy.js';
import { checkRuling } from './rule-rights.js';

/** What a rule shall say, and where and from when on. */
export type SetRule = RuleContent & {
  readonly scope: RuleScope;
  /** Tells quotas apart; empty for every other kind. */
  readonly name: string;
  /** The first local date on which it counts; null: always did. */
  readonly effectiveFrom: string | null;
  readonly exemptRoles: readonly Role[];
  readonly expectedVersion?: number | null | undefined;
};

type Refusal = InvalidInput | NotFound | VersionConflict;

/**
 * Makes a rule, or gives the one that stands at the same scope, kind, name and date other settings. Settings null
 * end the rule of that kind at that scope from the date on: the next farther one counts again. For managers and
 * administrators; whoever looks after a resource or a place makes rules for it, but for quotas and access (see rule-rights).
 * Reservations that are there stay: previewRule tells which of them the rule would refuse.
 */
export async function setRule(ctx: ViewerCtx, input: SetRule): Promise<{ readonly rule: Rule } | Refusal> {
  const wanted = settleRule(input);
  const refusal = await checkSetting(ctx.db, ctx, wanted);
  if (refusal) return refusal;
  const outcome = await ctx.db.transaction((tx) => put(tx, ctx, wanted));
  if (!('rule' in outcome)) return outcome;
  if (outcome.touched.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds: outcome.touched });
  return { rule: outcome.rule as Rule };
}

/** Null says that the viewer may make this rule, and that nothing about it alone is wrong. */
export async function checkSetting(
  on: Queryable,
  ctx: ViewerCtx,
  wanted: SetRule,
): Promise<InvalidInput | NotFound | null> {
  const { scope, kind } = wanted;
  const refusal = (await checkRuling(on, ctx.viewer, scope, kind)) ?? checkRule(wanted);
  if (refusal) return refusal;
  if (!(await scopeExists(on, scope))) {
    const what = scope.resourceId ? 'resource' : scope.typeId ? 'resource type' : 'place';
    return notFound(['input', 'scope'], what);
  }
  return checkNames(on, wanted);
}

/** The rule with the bare facts that are written. */
export function ruleOf(id: string, { scope, name, effectiveFrom, exemptRoles, ...content }: SetRule): Rule {
  const { resourceId, typeId, placeId } = scope;
  const { kind, settings } = content;
  return { id, kind, name, resourceId, typeId, placeId, effectiveFrom, exemptRoles, settings, version: 1 };
}

type Outcome = { readonly rule: RuleRow; readonly touched: readonly string[] } | Refusal;

async function put(tx: Queryable, ctx: ViewerCtx, wanted: SetRule): Promise<Outcome> {
  await lockRules(tx);
  const { version: _version, ...facts } = ruleOf(newId(), wanted);
  const there = await lockRuleAt(tx, facts);
  if (there) return replace(tx, ctx, there, wanted);
  if (wanted.expectedVersion != null) return notFound(['input', 'expectedVersion'], 'rule');
  const rule = await insertRule(tx, ctx.clock.fixed(), facts);
  await recordAudit(tx, ctx, { action: 'rule.set', subjectId: rule.id, after: facts });
  return { rule, touched: await tellRules(tx, rule) };
}

async function replace(
  tx: Queryable,
  ctx: ViewerCtx,
  there: RuleRow,
  { exemptRoles, settings, expectedVersion }: SetRule,
): Promise<Outcome> {
  const conflict = stale('Rule', there, expectedVersion);
  if (conflict) return conflict;
  const unnamed = checkSameTerms(there as Rule, settings);
  if (unnamed) return unnamed;
  const before = { exemptRoles: there.exemptRoles, settings: there.settings };
  const changed = difference(before, { exemptRoles, settings });
  if (!changed) return { rule: there, touched: [] };
  const rule = await replaceRule(tx, there.id, exemptRoles, settings);
  await recordAudit(tx, ctx, { action: 'rule.set', subjectId: there.id, ...changed });
  return { rule, touched: await tellRules(tx, there) };
}
