import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import { NotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import { type Reach, readReach, takeDue } from '../../sql/waitlist/reach.js';
import type { Freeing, Passed, PassingCtx } from '../act.js';
import { serveQueue } from './serve-queue.js';

const isWithin = ({ resourceIds }: Reach, locked: ReadonlySet<string>): boolean =>
  resourceIds.every((id) => locked.has(id));

/**
 * Locks everything that may be passed on, in ascending order, and reads again behind the locks until that is all: whoever
 * joins, and whoever else passes on, waits for these locks.
 */
async function lockReach(
  tx: Queryable,
  now: string | null,
  { reservationIds, resourceIds }: Freeing,
): Promise<ReadonlySet<string>> {
  const locked = new Set<string>();
  for (;;) {
    const reach = await readReach(tx, now, reservationIds, resourceIds);
    const missing = [...resourceIds, ...reach.resourceIds].filter((id) => !locked.has(id));
    if (missing.length === 0) return locked;
    await lockResources(tx, missing);
    for (const id of missing) locked.add(id);
  }
}

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
  const locked = await lockReach(tx, now, freeing);
  const done = await work();
  if (locked.size === 0) return { done, touched: [] };
  const { deadIds } = await readReach(tx, now, reservationIds, resourceIds);
  const expired = deadIds.length > 0 ? await expireNamedHolds(tx, now, deadIds, ctx.requestId) : [];
  const reach = await readReach(tx, now, [...reservationIds, ...deadIds], resourceIds);
  if (!isWithin(reach, locked)) throw new NotPlaced();
  await takeDue(tx, reach.dueIds, [...locked]);
  const offered = await serveQueue(ctx, tx, reach.spans);
  return { done, touched: [...new Set([...expired.flatMap((hold) => hold.resourceIds), ...offered])] };
}
