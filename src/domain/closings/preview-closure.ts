import type { ViewerCtx } from '../act.js';
import type { InvalidInput, NotFound } from '../failure.js';
import { settleClosure } from '../schedules/closure-fields.js';
import { checkClosing } from '../schedules/closure-scope.js';
import type { CreateClosure } from './create-closure.js';
import { type Met, meetClosures } from './lay-closures.js';
import { lookAhead } from './look-ahead.js';

/** What createClosure would meet at this moment, or why it would refuse. Writes nothing. */
export async function previewClosure(
  ctx: ViewerCtx,
  input: Omit<CreateClosure, 'existing'>,
): Promise<Met | InvalidInput | NotFound> {
  const { scope, ...given } = input;
  const fields = settleClosure(given);
  if ('kind' in fields) return fields;
  const refusal = await checkClosing(ctx.db, ctx, scope);
  if (refusal) return refusal;
  const ahead = await lookAhead(ctx.db, ctx, scope, [fields], ['input', 'rrule']);
  return 'kind' in ahead ? ahead : meetClosures(ctx.db, ctx, scope, ahead);
}
