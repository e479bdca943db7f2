import type { Destination } from '../../sql/reservations/move-reservations.js';
import type { ConflictFact } from '../../sql/reservations/read-facts.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { judgeUnasked } from '../decisions/approval.js';
import { occupiedBy } from '../decisions/case.js';
import { checkInFor } from '../decisions/check-in.js';
import { claimsFor } from '../decisions/claims.js';
import { type CaseSet } from '../decisions/decide.js';
import { openDocket } from '../decisions/docket.js';
import { type Judged, judge } from '../decisions/judge.js';
import { judgeGivingUp } from '../decisions/judge-notice.js';
import type { Reason } from '../decisions/reason.js';
import { freshlyAsked } from './freshly-asked.js';
import { localTimes } from './local-times.js';
import type { PlannedMove } from './plan-moves.js';
import { shownClaims } from './shown-claims.js';

/** What each case meets of the other moves of the batch, as the database would report it. */
function batchMates(plan: readonly PlannedMove[], sets: readonly CaseSet[]): ConflictFact[][] {
  const placed = sets.map((cases, index) => ({ claims: claimsFor(cases), move: plan[index] as PlannedMove }));
  return sets.flatMap((cases, index) =>
    cases.map((at) => {
      const span = occupiedBy(at);
      return placed.flatMap(({ claims, move }, other) =>
        claims
          .filter(({ resourceId, from, to }) => resourceId === at.of.id && from < span.to && span.from < to)
          .filter(() => other !== index)
          .map(({ quantity, from, to }) => ({
            reservationId: move.before.id,
            ownerId: move.before.ownerId,
            state: move.before.state,
            quantity,
            startsAt: move.window.startsAt.toISOString(),
            endsAt: move.window.endsAt.toISOString(),
            occupiedFrom: new Date(from).toISOString(),
            occupiedTo: new Date(to).toISOString(),
            heldUntil: move.before.expiresAt,
            dead: false,
          })),
      );
    }),
  );
}

/** Whether the old places can still be given up. Holds can be let go at any time. */
async function judgeOldPlaces(ctx: ViewerCtx, plan: readonly PlannedMove[]): Promise<Reason[]> {
  const left = plan.filter(({ before }) => before.state !== 'HELD').map(({ givesUp }) => givesUp);
  const docket = await openDocket(ctx, left);
  return docket ? docket.sets.flat().flatMap(judgeGivingUp) : [];
}

/** The batch as it will be at its end: the moved reservations' old places do not count (D7). Null: a resource is unknown. */
export async function judgeMoves(ctx: ViewerCtx, plan: readonly PlannedMove[]): Promise<Judged | null> {
  const judged = await judge(
    ctx,
    plan.map(({ wishes }) => wishes),
    { besides: plan.map(({ before }) => before.id), mates: (sets) => batchMates(plan, sets) },
  );
  if (!judged) return null;
  const unasked = judged.sets
    .filter((_, index) => plan[index]?.before.state !== 'HELD')
    .flatMap(judgeUnasked);
  return { ...judged, reasons: [...(await judgeOldPlaces(ctx, plan)), ...unasked, ...judged.reasons] };
}

/** Where each move goes by the rules that it was judged by. */
export const destinations = (plan: readonly PlannedMove[], { docket, sets }: Judged): Destination[] =>
  plan.map(({ before, window, wishes }, index) => ({
    reservationId: before.id,
    ...window,
    ...localTimes(docket, window, wishes[0]?.resourceId ?? ''),
    checkIn: checkInFor(sets[index] ?? []),
    claims: claimsFor(sets[index] ?? []),
  }));

/** The reservation as it will be, for a dry run. */
export const afterMove = (before: ReservationRow, to: Destination, now: number): ReservationRow => ({
  ...before,
  startsAt: to.startsAt.toISOString(),
  endsAt: to.endsAt.toISOString(),
  version: before.version + 1,
  updatedAt: new Date(now).toISOString(),
  detached: before.seriesId !== null,
  checkIn:
    before.state === 'CHECKED_IN'
      ? before.checkIn
      : freshlyAsked(to.checkIn, to, now, before.state === 'CONFIRMED'),
  claims: shownClaims(to.claims),
});
