import { type ClosingRow, insertClosing } from '../../sql/closures/closings.js';
import type { ClosureNode } from '../../sql/closures/closure-node.js';
import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { newId } from '../ids.js';
import { fieldsOf } from '../schedules/closure-fields.js';

/**
 * Writes down one act that makes or changes closures of a scope, before it does: undoClosing goes by that.
 * @param made the ids of closures to make
 * @param changed the closures to change, as they are
 */
export function beginClosing(
  tx: Queryable,
  ctx: ViewerCtx,
  { resourceId, typeId, placeId }: RuleScope,
  made: readonly string[],
  changed: readonly ClosureNode[],
): Promise<ClosingRow> {
  const former = [
    ...made.map((id) => ({ id, version: 1, before: null, closingId: null })),
    ...changed.map((before) => ({
      id: before.id,
      version: before.version + 1,
      before: fieldsOf(before),
      closingId: before.closingId,
    })),
  ];
  const closing = { id: newId(), resourceId, typeId, placeId, former };
  return insertClosing(tx, ctx.clock.fixed(), ctx.viewer.userId, closing);
}
