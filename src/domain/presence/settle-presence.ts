import type { ChangedReservation } from '../../sql/reservations/change-reservation.js';
import { forgetOldAnswer, storedAnswer } from '../../sql/reservations/idempotency.js';
import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow, ReservationState } from '../../sql/reservations/reservation-json.js';
import type { IdempotencyKey } from '../../sql/reservations/reserve.js';
import { SQLSTATE, sqlstateOf } from '../../sql/sqlstate.js';
import type { ViewerCtx } from '../act.js';
import { type Reason, refused } from '../decisions/reason.js';
import { Unavailable } from '../failure.js';
import { type ChangeRefusal, type ChangeResult, refuse } from '../reservations/change-reservation.js';
import type { ExistingReservation } from '../reservations/confirm-reservation.js';
import { idempotencyKey, replay } from '../reservations/idempotency-key.js';
import { mayChangeAll } from '../reservations/rights.js';

/** A check-in or a check-out of somebody who is signed in. */
export interface PresenceAct extends ExistingReservation {
  readonly operation: 'reservation.checkIn' | 'reservation.checkOut';
  /** The resource whose link was shown; null: none was. */
  readonly resourceId: string | null;
  /** The states in which the act has a meaning, done ones included. */
  readonly from: readonly ReservationState[];
  /** Whether it was done before: then the reservation is the answer as it is. */
  readonly isDone: (row: ReservationRow) => boolean;
  /** What speaks against it at `now` (ms since 1970), beside right, version and state. */
  readonly judge: (row: ReservationRow, now: number) => Reason | null;
  readonly write: (key: IdempotencyKey | null) => Promise<ChangedReservation | null>;
}

const ATTEMPTS = 5;

/**
 * Makes the change at once; only a refusal reads anything else. Called again it changes nothing.
 * @returns the reservation after the act, the first answer to the same key (D6), or why not
 */
export async function settlePresence(ctx: ViewerCtx, act: PresenceAct): Promise<ChangeResult> {
  const { id, expectedVersion, resourceId } = act;
  const key = idempotencyKey(act.operation, act.idempotencyKey, { id, expectedVersion, resourceId });
  if (key && 'kind' in key) return key;
  const now = ctx.clock.fixed();
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const changed = await attempt(act, key);
    if (changed) {
      ctx.bus.wake({ kind: 'streams', resourceIds: changed.touched });
      return changed.row;
    }
    const stored = key && (await storedAnswer<ReservationRow>(ctx.db, now, ctx.viewer.userId, key));
    if (stored) return replay(stored, key);
    const answer = await answerOf(ctx, act);
    if (answer) return answer;
    if (key) await forgetOldAnswer(ctx.db, now, ctx.viewer.userId, key);
  }
  throw new Unavailable('the reservation is contended; nothing was decided');
}

async function attempt(act: PresenceAct, key: IdempotencyKey | null): Promise<ChangedReservation | null> {
  try {
    return await act.write(key);
  } catch (error) {
    if (sqlstateOf(error) === SQLSTATE.uniqueViolation) return null;
    throw error;
  }
}

/** Why it was not done, or the reservation where it was before; null where nothing speaks against it any more. */
async function answerOf(ctx: ViewerCtx, act: PresenceAct): Promise<ReservationRow | ChangeRefusal | null> {
  const { id, resourceId } = act;
  const { userId } = ctx.viewer;
  const [target] = await readTargets(ctx.db, ctx.clock.fixed(), [id], userId, mayChangeAll(ctx.viewer));
  const isShown = target?.row.claims.some((claim) => claim.resourceId === resourceId) ?? false;
  const seen = target && { ...target, mayChange: target.mayChange || isShown };
  const refusal = refuse(ctx, seen, act);
  if (refusal || !target) return refusal;
  if (act.isDone(target.row)) return target.row;
  const against = act.judge(target.row, Date.parse(target.now));
  return against && refused([against]);
}
