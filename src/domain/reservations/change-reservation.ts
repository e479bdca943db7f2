import {
  type ChangedReservation,
  type ChangeInput,
  changeReservation as write,
} from '../../sql/reservations/change-reservation.js';
import { forgetOldAnswer, storedAnswer } from '../../sql/reservations/idempotency.js';
import { type ChangeTarget, readTargets } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow, ReservationState } from '../../sql/reservations/reservation-json.js';
import { SQLSTATE, sqlstateOf } from '../../sql/sqlstate.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
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
import { mayChangeAll, mayRead } from './rights.js';

/** On which terms the rules of one version of the book let a change be made. */
export interface Terms {
  readonly judgedBy: number;
  /** The version of the reservation that was judged; null: it does not matter. */
  readonly version: number | null;
  /** Who must decide first, in which time, and how that is written; null: nobody. */
  readonly ask: {
    readonly askMs: number;
    readonly write: (tx: Queryable, row: ReservationRow) => Promise<void>;
  } | null;
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
  readonly expectedVersion: number | null;
  readonly idempotencyKey: string | null;
  /** What the rules say about it, where they have a say; asked anew for each attempt. */
  readonly terms?: (attempt: number) => Promise<Terms | ReservationRefused>;
}

export type ChangeRefusal = ReservationRefused | VersionConflict | NotFound;
export type ChangeResult = ReservationRow | ChangeRefusal | InvalidInput | IdempotencyKeyReused;

const ATTEMPTS = 5;

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
  const input: Omit<ChangeInput, 'askMs' | 'judgedBy'> = {
    ...payload,
    now,
    actorId: ctx.viewer.userId,
    mayChangeAll: mayChangeAll(ctx.viewer),
    auditId: newId(),
    requestId: ctx.requestId,
    key,
  };
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const terms = (await termsOf?.(tries)) ?? null;
    if (terms && 'kind' in terms) return terms;
    const changed = await attempt(ctx, input, terms);
    if (changed) {
      ctx.bus.wake({ kind: 'streams', resourceIds: changed.touched });
      return changed.row;
    }
    const stored = key && (await storedAnswer<ReservationRow>(ctx.db, now, ctx.viewer.userId, key));
    if (stored) return replay(stored, key);
    const [target] = await readTargets(ctx.db, now, [change.id], input.actorId, input.mayChangeAll);
    const refusal = refuse(ctx, target, change);
    if (refusal) return refusal;
    if (key) await forgetOldAnswer(ctx.db, now, ctx.viewer.userId, key);
  }
  throw new Unavailable('the reservation is contended; nothing was decided');
}

async function attempt(
  { db }: ViewerCtx,
  given: Omit<ChangeInput, 'askMs' | 'judgedBy'>,
  terms: Terms | null,
): Promise<ChangedReservation | null> {
  const ask = terms?.ask;
  const { judgedBy = null, version = null } = terms ?? {};
  const expectedVersion = given.expectedVersion ?? version;
  const input = { ...given, expectedVersion, askMs: ask?.askMs ?? null, judgedBy };
  try {
    if (!ask) return await write(db, input);
    return await db.transaction(async (tx) => {
      const changed = await write(tx, { ...input, to: 'PENDING_APPROVAL' });
      if (changed) await ask.write(tx, changed.row);
      return changed;
    });
  } catch (error) {
    if (sqlstateOf(error) === SQLSTATE.uniqueViolation) return null;
    throw error;
  }
}

/** Why this reservation cannot be changed so, or null where nothing speaks against it. */
export function refuse(
  ctx: ViewerCtx,
  target: ChangeTarget | undefined,
  change: Pick<Change, 'id' | 'from' | 'expectedVersion'>,
): ChangeRefusal | null {
  if (!target || !(target.mayChange || mayRead(ctx.viewer, target.row)))
    return notFound(['id'], 'reservation');
  const { row } = target;
  if (!target.mayChange) {
    return refused([reason('NOT_PERMITTED', 'This reservation belongs to somebody else.')]);
  }
  if (row.state === 'EXPIRED') {
    return refused([
      reason('HOLD_EXPIRED', 'It was not confirmed, or not approved, in time.', { expiresAt: row.expiresAt }),
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
