import { expireNamedHolds } from '../../sql/expire-holds.js';
import { forgetOldAnswer } from '../../sql/idempotency.js';
import { type Facts, readFacts } from '../../sql/read-facts.js';
import type { ReservationRow } from '../../sql/reservation-json.js';
import { type ReserveInput, reserve, reserveAfter } from '../../sql/reserve.js';
import type { ViewerCtx } from '../act.js';
import { decide, judgePerson, type Wish } from '../decisions/decide.js';
import { type Reason, type ReservationRefused, refused } from '../decisions/reason.js';
import { type IdempotencyKeyReused, type NotFound, notFound, Unavailable } from '../failure.js';
import { replay } from './idempotency-key.js';
import { deadInTheWay } from './plan-moves.js';

export type Placed = ReservationRow | ReservationRefused | NotFound | IdempotencyKeyReused;

/** A conflict can vanish, or a new one appear, between the attempt and the reading of the facts. */
const ATTEMPTS = 8;

/** The facts about the wanted reservation and the reasons against it; no facts where a resource is unknown. */
export async function judge(
  ctx: ViewerCtx,
  wanted: ReserveInput,
): Promise<{ facts: Facts; reasons: Reason[] } | NotFound> {
  const window = { startsAt: wanted.startsAt, endsAt: wanted.endsAt };
  const wishes: Wish[] = wanted.resourceIds.map((resourceId, index) => ({
    resourceId,
    window,
    quantity: wanted.quantities[index] ?? 1,
  }));
  const key = wanted.key && { ...wanted.key, actorId: wanted.actorId };
  const spans = wishes.map(({ resourceId }) => ({ resourceId, ...window }));
  const facts = await readFacts(ctx.db, wanted.now, spans, [], key);
  if (facts.resources.length < wishes.length) return notFound(['input', 'resources'], 'resource');
  return { facts, reasons: decide(facts, wishes, ctx.viewer) };
}

/** One attempt: a single statement for one resource, a transaction with its locks for a set. */
const attempt = (ctx: ViewerCtx, wanted: ReserveInput): Promise<ReservationRow | null> =>
  wanted.resourceIds.length === 1
    ? reserve(ctx.db, wanted)
    : reserveAfter(ctx.db, wanted, async () => undefined);

/** Expires what the clock has killed in the way and reserves, in one transaction (O5). */
async function overDeadHolds(
  ctx: ViewerCtx,
  wanted: ReserveInput,
  dead: readonly string[],
): Promise<ReservationRow | null> {
  let freed: string[] = [];
  const made = await reserveAfter(ctx.db, wanted, async (tx) => {
    const expired = await expireNamedHolds(tx, wanted.now, dead, wanted.requestId);
    freed = expired.flatMap((hold) => hold.resourceIds);
  });
  if (made) ctx.bus.wake({ kind: 'streams', resourceIds: freed });
  return made;
}

/** Places the reservation, or tells every reason why not. Writes nothing unless it returns a new reservation. */
export async function place(ctx: ViewerCtx, wanted: ReserveInput): Promise<Placed> {
  const permitted = judgePerson(ctx.viewer).length === 0;
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const made = permitted ? await attempt(ctx, wanted) : null;
    if (made) return made;
    const judged = await judge(ctx, wanted);
    if ('kind' in judged) return judged;
    const { facts, reasons } = judged;
    if (wanted.key && facts.answer) return replay(facts.answer, wanted.key);
    if (reasons.length > 0) return refused(reasons);
    const dead = deadInTheWay(facts);
    const revived = dead.length > 0 ? await overDeadHolds(ctx, wanted, dead) : null;
    if (revived) return revived;
    if (wanted.key) await forgetOldAnswer(ctx.db, wanted.now, wanted.actorId, wanted.key);
  }
  throw new Unavailable('the window is contended; nothing was decided');
}
