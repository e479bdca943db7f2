import type { ClosureNode } from '../../sql/closures/closure-node.js';
import { closureById } from '../../sql/closures/read-closures.js';
import { deleteClosures } from '../../sql/closures/write-closures.js';
import { lockRules } from '../../sql/rules/lock-rules.js';
import { tellClosing } from '../../sql/rules/scope.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound, type VersionConflict } from '../failure.js';
import { stale } from '../resources/stale.js';
import { mayClose } from './closure-scope.js';

export interface RemoveClosure {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

/**
 * Removes a closure: what it closed can be reserved again. Reservations that it has cancelled stay so; undoClosing
 * brings them back. For those who may close its scope; to others it looks as if it were not there.
 * @returns the closure as it was
 */
export async function removeClosure(
  ctx: ViewerCtx,
  input: RemoveClosure,
): Promise<ClosureNode | NotFound | VersionConflict> {
  const outcome = await ctx.db.transaction(async (tx) => {
    await lockRules(tx);
    const closure = await closureById(tx, input.id);
    if (!closure || !(await mayClose(tx, ctx.viewer, closure))) return notFound(['id'], 'closure');
    const refusal = stale('Closure', closure, input.expectedVersion);
    if (refusal) return refusal;
    await deleteClosures(tx, [closure.id]);
    await recordAudit(tx, ctx, { action: 'closure.remove', subjectId: closure.id, before: closure });
    return { closure, touched: await tellClosing(tx, closure) };
  });
  if ('kind' in outcome) return outcome;
  ctx.bus.wake({ kind: 'streams', resourceIds: outcome.touched });
  return outcome.closure;
}
