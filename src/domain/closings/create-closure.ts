import type { ClosingRow } from '../../sql/closures/closings.js';
import type { ClosureNode } from '../../sql/closures/closure-node.js';
import { insertClosures } from '../../sql/closures/write-closures.js';
import { lockRules } from '../../sql/rules/lock-rules.js';
import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import type { InvalidInput, NotFound } from '../failure.js';
import { newId } from '../ids.js';
import { type ClosureFields, settleClosure } from '../schedules/closure-fields.js';
import { checkClosing } from '../schedules/closure-scope.js';
import { beginClosing } from './begin-closing.js';
import { type Existing, layClosures, type Met } from './lay-closures.js';
import { lookAhead } from './look-ahead.js';

export interface CreateClosure extends ClosureFields {
  readonly scope: RuleScope;
  readonly existing: Existing;
}

/** The closure as it is now, and what it met: reservations that stay, or that it has cancelled. */
export interface ClosureLaid {
  readonly closure: ClosureNode;
  readonly met: Met;
  /** What undoClosing takes; null where nothing was to be done. */
  readonly closing: ClosingRow | null;
}

/**
 * Closes a resource, a type, a place or the organisation, once or by a rule. With CANCEL every live reservation
 * that it meets is cancelled and its owner told in the same commit; undoClosing takes all of that back. For
 * managers and administrators, and at one resource or place for whoever looks after it.
 */
export async function createClosure(
  ctx: ViewerCtx,
  input: CreateClosure,
): Promise<ClosureLaid | InvalidInput | NotFound> {
  const { scope, existing, ...given } = input;
  const fields = settleClosure(given);
  if ('kind' in fields) return fields;
  const outcome = await ctx.db.transaction(async (tx) => {
    await lockRules(tx);
    const refusal = await checkClosing(tx, ctx, scope);
    if (refusal) return refusal;
    const id = newId();
    const ahead = await lookAhead(tx, ctx, scope, [{ ...fields, id }], ['input', 'rrule']);
    if ('kind' in ahead) return ahead;
    const closing = await beginClosing(tx, ctx, scope, [id], []);
    const write = { ...fields, id, closingId: closing.id, sourceUid: null };
    const made = await insertClosures(tx, ctx.clock.fixed(), scope, ctx.viewer.userId, [write]);
    const closure = made[0] as ClosureNode;
    const cancelling = existing === 'CANCEL' ? closing.id : null;
    const { met, touched } = await layClosures(tx, ctx, scope, ahead, cancelling);
    const after = { ...fields, ...scope, existing, met: met.totalCount };
    await recordAudit(tx, ctx, { action: 'closure.create', subjectId: closure.id, after });
    return { closure, met, closing, touched };
  });
  if ('kind' in outcome) return outcome;
  const { touched, ...laid } = outcome;
  ctx.bus.wake({ kind: 'streams', resourceIds: touched });
  return laid;
}
