import { tiesOf } from '../../sql/parts/add-ons.js';
import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import {
  deadHolds,
  firstOverCapacity,
  lastSeveral,
  lockClaims,
  type OverCapacity,
} from '../../sql/resources/resource-capacity.js';
import type { Queryable } from '../../sql/statement.js';
import type { Ctx } from '../act.js';
import { sourceOf } from '../audit/source.js';
import { type InvalidInput, invalidInput } from '../failure.js';

/** More of the resource is in use, or was, than the change would allow (O4). */
export interface CapacityBelowUse {
  readonly kind: 'CapacityBelowUse';
  readonly message: string;
  readonly path: readonly string[];
  /** The first stretch of occupied spans that does not fit. */
  readonly window: { readonly startsAt: string; readonly endsAt: string };
  readonly used: number;
  readonly capacity: number;
}

interface Capacity {
  readonly pooled: boolean;
  readonly capacity: number;
}

/**
 * Whether a locked resource can take on another capacity, which no claim changes until the transaction ends.
 * A pool must hold what is committed from now on; what becomes exclusive must never have been shared, since
 * its whole history moves under the exclusion constraint. Null says that it can.
 */
export async function checkCapacity(
  tx: Queryable,
  ctx: Ctx,
  id: string,
  before: Capacity,
  after: Capacity,
): Promise<CapacityBelowUse | null> {
  const sharing = before.pooled !== after.pooled;
  if (!sharing && after.capacity >= before.capacity) return null;
  await lockClaims(tx, id, before.pooled, sharing);
  if (!before.pooled) return null;
  const becomesExclusive = !after.pooled;
  const over =
    (becomesExclusive ? await lastSeveral(tx, id) : null) ??
    (await firstOverCapacity(tx, ctx.clock.fixed(), id, after.capacity, becomesExclusive));
  return over && belowUse(over, after);
}

const PARTS = 'It is divided, or a part of another resource, so it cannot become a pool.';
const OFFERED = 'Other resources offer it as an add-on, so it stays a pool.';

/** Whether the resource can become a pool or stop being one, for what depends on that. Null says that it can. */
export async function checkTies(
  tx: Queryable,
  id: string,
  before: Capacity,
  after: Capacity,
): Promise<InvalidInput | null> {
  if (before.pooled === after.pooled) return null;
  const [tie] = await tiesOf(tx, id);
  return tie ? invalidInput(['input', 'isPool'], tie === 'PARTS' ? PARTS : OFFERED) : null;
}

const belowUse = ({ startsAt, endsAt, used }: OverCapacity, after: Capacity): CapacityBelowUse => ({
  kind: 'CapacityBelowUse',
  message: after.pooled
    ? `Reservations take up to ${used} of this pool at once, more than ${after.capacity}.`
    : `Reservations have shared this pool, up to ${used} at once: it cannot become exclusive.`,
  path: ['input', after.pooled ? 'capacity' : 'isPool'],
  window: { startsAt, endsAt },
  used,
  capacity: after.capacity,
});

/**
 * Expires the resource's dead holds, which the schema's own check would still count.
 * @returns the resources whose streams have moved on
 */
export async function expireDeadHolds(tx: Queryable, ctx: Ctx, id: string): Promise<readonly string[]> {
  const now = ctx.clock.fixed();
  const dead = await deadHolds(tx, now, id);
  if (dead.length === 0) return [];
  const expired = await expireNamedHolds(tx, now, dead, sourceOf(ctx));
  return expired.flatMap((hold) => hold.resourceIds);
}
