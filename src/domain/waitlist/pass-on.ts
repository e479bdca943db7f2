import { byProgram } from '../../sql/audit/source.js';
import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { lockAllWanted } from '../../sql/reservations/lock-resources.js';
import { NotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import { type Reach, readReach, takeDue } from '../../sql/waitlist/reach.js';
import type { Freeing, Passed, PassingCtx } from '../act.js';
import { serveQueue } from './serve-queue.js';

const isWithin = ({ resourceIds }: Reach, locked: ReadonlySet<string>): boolean =>
  resourceIds.every((id) => locked.has(id));

/**
 * Does the work and passes on, in the same transaction, what it and the clock have freed (O6): to whoever has waited
 * longest and gets the whole wish, as a hold of theirs. Locks resources, then reservations, then, at commit, streams: as
 * everybody does who takes several of them.
 */
export async function passOn<T>(
  ctx: PassingCtx,
  tx: Queryable,
  freeing: Freeing,
  work: () => Promise<T>,
): Promise<Passed<T>> {
  const now = ctx.clock.fixed();
  const { reservationIds, resourceIds } = freeing;
  const reach = (ended: readonly string[]) => readReach(tx, now, ended, resourceIds);
  // Whoever joins, and whoever else passes on, waits for these locks.
  const locked = await lockAllWanted(tx, async () => {
    const { spans, resourceIds: reached } = await reach(reservationIds);
    return reservationIds.length + spans.length > 0 ? [...resourceIds, ...reached] : [];
  });
  const done = await work();
  if (locked.size === 0) return { done, touched: [] };
  const found = await reach(reservationIds);
  const { deadIds } = found;
  const expired =
    deadIds.length > 0 ? await expireNamedHolds(tx, now, deadIds, byProgram(ctx.requestId)) : [];
  const all = deadIds.length > 0 ? await reach([...reservationIds, ...deadIds]) : found;
  if (!isWithin(all, locked)) throw new NotPlaced();
  await takeDue(tx, all.dueIds, [...locked]);
  const offered = all.spans.length > 0 ? await serveQueue(ctx, tx, all.spans) : [];
  return { done, touched: [...new Set([...expired.flatMap((hold) => hold.resourceIds), ...offered])] };
}
