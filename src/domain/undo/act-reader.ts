import type { ActRow } from '../../sql/reservations/reservation-json.js';
import { actsByIds, type UndoableAct, undoableActs } from '../../sql/undo/undoable-acts.js';
import type { Ctx } from '../act.js';
import { mayChangeAll } from '../reservations/rights.js';
import { UNDO_MS } from '../undoable.js';

/** By reservation the act that the viewer could undo now, for a loader. */
export async function readUndoableActs(
  ctx: Ctx,
  reservationIds: readonly string[],
): Promise<Map<string, UndoableAct>> {
  const { viewer } = ctx;
  if (!viewer) return new Map();
  const all = mayChangeAll(viewer);
  return undoableActs(ctx.db, ctx.clock.fixed(), reservationIds, viewer.userId, all, UNDO_MS);
}

/** The acts by id, for a loader. Guests see their own only. */
export async function readActs(ctx: Ctx, ids: readonly string[]): Promise<Map<string, ActRow>> {
  const acts = await actsByIds(ctx.db, ids);
  const isSeen = ({ actorId }: { actorId: string }) =>
    ctx.viewer !== null && (ctx.viewer.role !== 'GUEST' || ctx.viewer.userId === actorId);
  return new Map([...acts].filter(([, act]) => isSeen(act)));
}
