import type { ViewerCtx } from '../act.js';
import { type InvalidInput, type NotFound, notFound } from '../failure.js';
import { newId } from '../ids.js';
import type { Rule } from '../schedules/rule.js';
import { settleRule } from '../schedules/rule-policy.js';
import { bookNow } from '../schedules/rule-reader.js';
import { checkRuling } from '../schedules/rule-rights.js';
import { checkSetting, ruleOf, type SetRule } from '../schedules/set-rule.js';
import { type ChangePreview, previewChange } from './preview-change.js';

/** What setRule would break at this moment, or why it would refuse; for the same people. Writes nothing. */
export async function previewRules(
  ctx: ViewerCtx,
  input: SetRule,
  first: number,
): Promise<ChangePreview | InvalidInput | NotFound> {
  const wanted = settleRule(input);
  const refusal = await checkSetting(ctx.db, ctx, wanted);
  return refusal ?? previewChange(ctx, wanted.scope, { rule: ruleOf(newId(), wanted) }, first);
}

/** What removeRule would break at this moment: whatever counts there without it. Writes nothing. */
export async function previewRemoval(
  ctx: ViewerCtx,
  id: string,
  first: number,
): Promise<ChangePreview | NotFound> {
  const rules = (await bookNow(ctx)).row.rules as readonly Rule[];
  const rule = rules.find((each) => each.id === id);
  if (!rule || (await checkRuling(ctx.db, ctx.viewer, rule, rule.kind))) return notFound(['id'], 'rule');
  return previewChange(ctx, rule, { removeRuleId: id }, first);
}
