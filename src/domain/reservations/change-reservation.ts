import {
  type ChangedReservation,
  type ChangeInput,
  changeReservation as write,
} from '../../sql/reservations/change-reservation.js';
import { forgetOldAnswer, storedAnswer } from '../../sql/reservations/idempotency.js';
import { type ChangeTarget, readTargets } from '../../sql/reservations/read-reservations.js';
import type {
  ReservationRow,
  ReservationState,
  Visibility,
} from '../../sql/reservations/reservation-json.js';
import { isNotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { sourceOf } from '../audit/source.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import {
  type IdempotencyKeyReused,
  type InvalidInput,
  type NotFound,
  notFound,
  Unavailable,
  type VersionConflict,
} from '../failure.js';
import { newId } from '../ids.js';
import { idempotencyKey, replay } from './idempotency-key.js';
import { releasedReason } from './released.js';
import { mayChangeAll } from './rights.js';

/** On which terms the rules of one version of the book let a change be made. */
export interface Terms {
  readonly judgedBy: number;
  /** The version of the reservation that was judged; null: it does not matter. */
  readonly version: number | null;
  /** In which time somebody must decide first; null: nobody. */
  readonly askMs: number | null;
  /** What is written in the transaction of the change; null: nothing. */
  readonly write: ((tx: Queryable, row: ReservationRow) => Promise<void>) | null;
}

/** A change of one reservation that leaves its window alone. */
export interface Change {
  readonly id: string;
  readonly action: 'reservation.confirm' | 'reservation.cancel' | 'reservation.edit';
  /** The states from which the change is possible. */
  readonly from: readonly ReservationState[];
  readonly to: ReservationState | null;
  readonly title: string | null;
  readonly details: string | null;
  readonly visibility?: Visibility | null;
  readonly expectedVersion: number | null;
  readonly idempotencyKey: string | null;
  /** What the rules say about it, where they have a say; asked anew for each attempt. */
  readonly terms?: (attempt: number) => Promise<Terms | ReservationRefused>;
}

export type ChangeRefusal = ReservationRefused | VersionConflict | NotFound;
export type ChangeResult = ReservationRow | ChangeRefusal | InvalidInput | IdempotencyKeyReused;

const ATTEMPTS = 8;

const ALREADY: Readonly<Record<ReservationState, string>> = {
  HELD: 'This reservation is already held.',
  PENDING_APPROVAL: 'This reservation waits for approval.',
  CONFIRMED: 'This reservation is already confirmed.',
  CHECKED_IN: 'Somebody has checked in already.',
  COMPLETED: 'This reservation is over.',
  NO_SHOW: 'This reservation was released.',
  REJECTED: 'This reservation is already rejected.',
  CANCELLED: 'This reservation is already cancelled.',
  EXPIRED: 'This reservation is already expired.',
};

/**
 * Makes the change in one round trip; only a refusal reads anything else.
 * @returns the reservation after the change, the first answer to the same key (D6), or why not
 */
export async function changeReservation(ctx: ViewerCtx, change: Change): Promise<ChangeResult> {
  const { idempotencyKey: chosen, terms: termsOf, ...payload } = change;
  const key = idempotencyKey(change.action, chosen, payload);
  if (key && 'kind' in key) return key;
  const now = ctx.clock.fixed();
  const input: Given = {
    ...payload,
    now,
    actorId: ctx.viewer.userId,
    mayChangeAll: mayChangeAll(ctx.viewer),
    auditId: newId(),
    source: sourceOf(ctx),
    key,
  };
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const terms = (await termsOf?.(tries)) ?? null;
    if (terms && 'kind' in terms) return terms;
    // The first attempt cancels only where nobody waits for what it frees.
    const changed = await attempt(ctx, { ...input, passesOn: tries > 1 }, terms);
    if (changed) {
      ctx.bus.wake({ kind: 'streams', resourceIds: changed.touched });
      return changed.row;
    }
    const stored = key && (await storedAnswer<ReservationRow>(ctx.db, now, ctx.viewer.userId, key));
    if (stored) return replay(stored, key);
    const [target] = await readTargets(ctx.db, now, [change.id], input.actorId, input.mayChangeAll);
    const refusal = refuse(target, change);
    if (refusal) return refusal;
    if (key) await forgetOldAnswer(ctx.db, now, ctx.viewer.userId, key);
  }
  throw new Unavailable('the reservation is contended; nothing was decided');
}

type Given = Omit<ChangeInput, 'askMs' | 'judgedBy' | 'passesOn'>;

/** Cancels and passes on what that frees, in one transaction (O6). */
async function passingOn(ctx: ViewerCtx, input: ChangeInput): Promise<ChangedReservation | null> {
  const freeing = { reservationIds: [input.id], resourceIds: [] };
  const { done, touched } = await ctx.db.transaction((tx) =>
    ctx.waitlist.passOn(ctx, tx, freeing, () => write(tx, input)),
  );
  return done && { ...done, touched: [...done.touched, ...touched] };
}

async function attempt(
  ctx: ViewerCtx,
  given: Given & Pick<ChangeInput, 'passesOn'>,
  terms: Terms | null,
): Promise<ChangedReservation | null> {
  const { judgedBy = null, version = null, askMs = null, write: along = null } = terms ?? {};
  const expectedVersion = given.expectedVersion ?? version;
  const to = askMs === null ? given.to : 'PENDING_APPROVAL';
  const input = { ...given, to, expectedVersion, askMs, judgedBy };
  try {
    if (input.to === 'CANCELLED' && input.passesOn) return await passingOn(ctx, input);
    if (!along) return await write(ctx.db, input);
    return await ctx.db.transaction(async (tx) => {
      const changed = await write(tx, input);
      if (changed) await along(tx, changed.row);
      return changed;
    });
  } catch (error) {
    if (isNotPlaced(error)) return null;
    throw error;
  }
}

/** Why this reservation cannot be changed so, or null where nothing speaks against it. */
export function refuse(
  target: ChangeTarget | undefined,
  change: Pick<Change, 'id' | 'from' | 'expectedVersion'>,
): ChangeRefusal | null {
  if (!target || !(target.mayChange || target.isSeen)) return notFound(['id'], 'reservation');
  const { row } = target;
  if (!target.mayChange) {
    return refused([reason('NOT_PERMITTED', 'This reservation belongs to somebody else.')]);
  }
  if (row.state === 'EXPIRED') {
    const { expiresAt } = row;
    return refused([
      target.isOffer
        ? reason('OFFER_EXPIRED', 'It was offered from the waitlist, and not taken in time.', { expiresAt })
        : reason('HOLD_EXPIRED', 'It was not confirmed, or not approved, in time.', { expiresAt }),
    ]);
  }
  if (row.state === 'NO_SHOW') return refused([releasedReason(row)]);
  if (change.expectedVersion !== null && change.expectedVersion !== row.version) {
    return {
      kind: 'VersionConflict',
      message: `The reservation is at version ${row.version}, not ${change.expectedVersion}.`,
      path: ['expectedVersion'],
      expectedVersion: change.expectedVersion,
      currentVersion: row.version,
      current: { node: 'Reservation', id: row.id },
    };
  }
  if (!change.from.includes(row.state)) {
    return refused([reason('ALREADY_DECIDED', ALREADY[row.state])]);
  }
  return null;
}
