import type { ApprovalWordKind } from '../../sql/approvals/approval-row.js';
import { type ApprovalTarget, approvalTarget } from '../../sql/approvals/approval-target.js';
import { type Spoken, speak } from '../../sql/approvals/speak.js';
import { forgetOldAnswer, keepAnswer, storedAnswer } from '../../sql/reservations/idempotency.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { type IdempotencyKey, isNotPlaced } from '../../sql/reservations/reserve.js';
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
} from '../failure.js';
import { newId } from '../ids.js';
import { idempotencyKey, replay } from '../reservations/idempotency-key.js';
import { checkText } from '../text.js';

/** What somebody wants to say about a reservation that waits for approval. */
export interface Speech {
  readonly id: string;
  readonly kind: ApprovalWordKind;
  readonly words: string;
  /** The step that is meant; null: whichever it is. */
  readonly step: number | null;
  readonly idempotencyKey: string | null;
}

export type SpeechResult =
  | ReservationRow
  | ReservationRefused
  | NotFound
  | InvalidInput
  | IdempotencyKeyReused;

/** Why the actor may not, by the reservation as it is behind the lock; null: nothing. */
type Judge = (target: ApprovalTarget) => ReservationRefused | NotFound | null;

const ATTEMPTS = 8;
const MOST_WORDS = 2_000;
const ACTIONS: Readonly<Record<ApprovalWordKind, string>> = {
  APPROVED: 'reservation.approve',
  REJECTED: 'reservation.reject',
  ASKED_BACK: 'reservation.askBack',
  ANSWERED: 'reservation.answer',
};
/** Why it waits no longer; null where it does. */
export function judgeWaiting({ row }: ApprovalTarget): ReservationRefused | null {
  if (row.state === 'PENDING_APPROVAL') return null;
  const { expiresAt } = row;
  return refused([
    row.state === 'EXPIRED'
      ? reason('APPROVAL_EXPIRED', 'Nobody has decided in time.', { expiresAt })
      : reason('ALREADY_DECIDED', `This reservation is already ${row.state.toLowerCase()}.`),
  ]);
}

/**
 * Says it and does what follows, in one transaction behind the reservation's lock, so that of two who decide at the
 * same instant one comes first and the other is judged by what that one has done.
 */
export async function speakAbout(ctx: ViewerCtx, speech: Speech, judge: Judge): Promise<SpeechResult> {
  const { idempotencyKey: chosen, ...payload } = speech;
  const key = idempotencyKey(ACTIONS[speech.kind], chosen, payload);
  if (key && 'kind' in key) return key;
  const needsWords = speech.kind !== 'APPROVED';
  const invalid = checkText(speech.words.trim(), ['input', 'words'], needsWords ? 1 : 0, MOST_WORDS);
  if (invalid) return invalid;
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const outcome = await once(ctx, speech, key, judge);
    if (outcome === 'AGAIN') continue;
    if (!('row' in outcome)) return outcome;
    const { row, resourceIds } = outcome;
    // Also where no stream has changed: who is told of it listens to the same wake-ups.
    if (resourceIds.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds });
    return row;
  }
  throw new Unavailable('the request is contended; nothing was decided');
}

type Outcome = Spoken | Exclude<SpeechResult, ReservationRow>;

/** One attempt; AGAIN where the key was used in parallel, or what it frees has changed. */
async function once(
  ctx: ViewerCtx,
  speech: Speech,
  key: IdempotencyKey | null,
  judge: Judge,
): Promise<Outcome | 'AGAIN'> {
  const now = ctx.clock.fixed();
  const { userId } = ctx.viewer;
  try {
    const say = async (tx: Queryable): Promise<Outcome> => {
      const target = await approvalTarget(tx, now, speech.id, userId);
      const stored = key && (await storedAnswer<ReservationRow>(tx, now, userId, key));
      if (stored) {
        const again = replay(stored, key);
        return 'kind' in again ? again : { row: again, resourceIds: [] };
      }
      if (!target || !isKnown(target)) return notFound(['id'], 'reservation that waits for approval');
      const refusal = judge(target);
      if (refusal) return refusal;
      const spoken = await write(ctx, tx, target, speech);
      if (key) {
        await forgetOldAnswer(tx, now, userId, key);
        await keepAnswer(tx, now, userId, key, spoken.row);
      }
      return spoken;
    };
    return await ctx.db.transaction((tx) =>
      speech.kind === 'REJECTED' ? passingOn(ctx, tx, speech.id, say) : say(tx),
    );
  } catch (error) {
    if (isNotPlaced(error)) return 'AGAIN';
    throw error;
  }
}

/** What a rejection frees goes to those who wait for it, in its transaction (O6). */
async function passingOn(
  ctx: ViewerCtx,
  tx: Queryable,
  id: string,
  say: (tx: Queryable) => Promise<Outcome>,
): Promise<Outcome> {
  const freeing = { reservationIds: [id], resourceIds: [] };
  const { done, touched } = await ctx.waitlist.passOn(ctx, tx, freeing, () => say(tx));
  return 'row' in done ? { ...done, resourceIds: [...done.resourceIds, ...touched] } : done;
}

const isKnown = ({ isSeen, standing, wasAsked }: ApprovalTarget): boolean =>
  isSeen || standing !== null || wasAsked;

function write(ctx: ViewerCtx, tx: Queryable, target: ApprovalTarget, speech: Speech): Promise<Spoken> {
  const { row, approval, standing } = target;
  const { kind } = speech;
  const words = speech.words.trim();
  const isLast = kind === 'APPROVED' && approval.step + 1 === approval.steps.length;
  return speak(tx, {
    now: ctx.clock.fixed(),
    reservationId: row.id,
    actorId: ctx.viewer.userId,
    forId: kind === 'ANSWERED' ? null : (standing?.forId ?? null),
    wordId: newId(),
    kind,
    words,
    isLast,
    auditId: newId(),
    action: ACTIONS[kind],
    source: sourceOf(ctx),
  });
}
