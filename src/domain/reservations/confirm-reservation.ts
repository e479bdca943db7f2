import { askApprovals } from '../../sql/approvals/ask-approvals.js';
import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ViewerCtx } from '../act.js';
import { approvalFor } from '../decisions/approval.js';
import { openDocket } from '../decisions/docket.js';
import { judgeTerms } from '../decisions/judge-terms.js';
import { type ReservationRefused, refused } from '../decisions/reason.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { bookNow } from '../schedules/rule-reader.js';
import { acceptsTerms, acceptTerms } from './accept-terms.js';
import { askInput } from './ask-input.js';
import { type ChangeResult, changeReservation, type Terms } from './change-reservation.js';
import { mayChangeAll } from './rights.js';
import { standingWishes } from './standing-wishes.js';

export interface ExistingReservation {
  readonly id: string;
  readonly expectedVersion: number | null;
  readonly idempotencyKey: string | null;
}

/** What the rules ask for before the hold counts; the first attempt goes by those in memory, which the statement compares. */
async function termsFor(
  ctx: ViewerCtx,
  id: string,
  accepts: readonly string[],
  attempt: number,
): Promise<Terms | ReservationRefused> {
  const book = attempt > 1 ? await bookNow(ctx) : (await ruleBooksOf(ctx.db).placing([])).book;
  const free = { judgedBy: book.version, version: null, askMs: null, write: null };
  if (!book.asksForApproval && !book.asksForTerms) return free;
  const now = ctx.clock.fixed();
  const { userId } = ctx.viewer;
  const targets = await readTargets(ctx.db, now, [id], userId, mayChangeAll(ctx.viewer));
  const row = targets.find(({ mayChange }) => mayChange)?.row;
  if (row?.state !== 'HELD') return free;
  const docket = await openDocket(ctx, [standingWishes(row).map((wish) => ({ ...wish, accepts }))]);
  if (!docket) return free;
  const [cases = []] = docket.sets;
  const unaccepted = judgeTerms(cases);
  if (unaccepted.length > 0) return refused(unaccepted);
  const ask = approvalFor(cases);
  const isMore = ask !== null || acceptsTerms(cases);
  return {
    judgedBy: docket.book.version,
    version: row.version,
    askMs: ask?.deadlineMs ?? null,
    write: isMore
      ? async (tx, made) => {
          if (ask) await askApprovals(tx, now, [askInput(made.id, ask)]);
          await acceptTerms(ctx, tx, [{ reservationId: made.id, cases }]);
        }
      : null,
  };
}

/** A hold that is to count from now on. */
export interface ConfirmReservation extends ExistingReservation {
  /** The terms that are accepted with it, rule@version. */
  readonly acceptedTerms?: readonly string[];
}

/**
 * Confirms a hold that is still alive; at the instant of its expiry it is dead (O5). Where a rule wants it approved,
 * asks for that: it goes on to occupy while it waits. Terms that the rules ask for must be accepted by then.
 */
export const confirmReservation = (ctx: ViewerCtx, input: ConfirmReservation): Promise<ChangeResult> =>
  changeReservation(ctx, {
    ...input,
    action: 'reservation.confirm',
    from: ['HELD'],
    to: 'CONFIRMED',
    title: null,
    details: null,
    terms: (attempt) => termsFor(ctx, input.id, input.acceptedTerms ?? [], attempt),
  });
