import type { ViewerCtx } from '../act.js';
import type { InvalidInput, NotFound } from '../failure.js';
import { newId } from '../ids.js';
import { settleRule } from '../schedules/rule-policy.js';
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
