import { askApprovals } from '../../sql/approvals/ask-approvals.js';
import { readTargets } from '../../sql/reservations/read-reservations.js';
import type { ViewerCtx } from '../act.js';
import { approvalFor } from '../decisions/approval.js';
import { openDocket } from '../decisions/docket.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { bookNow } from '../schedules/rule-reader.js';
import { askInput } from './ask-input.js';
import { type ChangeResult, changeReservation, type Terms } from './change-reservation.js';
import { mayChangeAll } from './rights.js';
import { standingWishes } from './standing-wishes.js';

export interface ExistingReservation {
  readonly id: string;
  readonly expectedVersion: number | null;
  readonly idempotencyKey: string | null;
}

/** Who must decide about the hold; the first attempt goes by the rules in memory, which the statement compares. */
async function termsFor(ctx: ViewerCtx, id: string, attempt: number): Promise<Terms> {
  const book = attempt > 1 ? await bookNow(ctx) : (await ruleBooksOf(ctx.db).placing([])).book;
  const free = { judgedBy: book.version, version: null, ask: null };
  if (!book.asksForApproval) return free;
  const now = ctx.clock.fixed();
  const { userId } = ctx.viewer;
  const targets = await readTargets(ctx.db, now, [id], userId, mayChangeAll(ctx.viewer));
  const row = targets.find(({ mayChange }) => mayChange)?.row;
  if (row?.state !== 'HELD') return free;
  const docket = await openDocket(ctx, [standingWishes(row)]);
  const ask = docket && approvalFor(docket.sets[0] ?? []);
  if (!docket) return free;
  const judged = { judgedBy: docket.book.version, version: row.version };
  if (!ask) return { ...judged, ask: null };
  return {
    ...judged,
    ask: {
      askMs: ask.deadlineMs,
      write: (tx, made) => askApprovals(tx, now, [askInput(made.id, ask)]),
    },
  };
}

/**
 * Confirms a hold that is still alive; at the instant of its expiry it is dead (O5). Where a rule wants it approved,
 * asks for that: it goes on to occupy while it waits.
 */
export const confirmReservation = (ctx: ViewerCtx, input: ExistingReservation): Promise<ChangeResult> =>
  changeReservation(ctx, {
    ...input,
    action: 'reservation.confirm',
    from: ['HELD'],
    to: 'CONFIRMED',
    title: null,
    details: null,
    terms: (attempt) => termsFor(ctx, input.id, attempt),
  });
