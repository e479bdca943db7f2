import type { Destination } from '../../sql/reservations/move-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { judgeUnasked } from '../decisions/approval.js';
import type { Wish } from '../decisions/case.js';
import { checkInFor } from '../decisions/check-in.js';
import { openDocket } from '../decisions/docket.js';
import { judgeGivingUp } from '../decisions/judge-notice.js';
import { type Reason, reason } from '../decisions/reason.js';
import { Unavailable } from '../failure.js';
import type { PlannedMove } from '../reservations/plan-moves.js';
import type { Occurrence } from '../schedules/recurrence.js';
import { localText } from '../time/local-day.js';
import { type ConflictMode, mostLeftOut } from './conflict-mode.js';
import { type Settled, settle, type Verdict } from './settle.js';

interface Mover {
  readonly move: PlannedMove;
  readonly verdict: Verdict;
}

/** How the moves of a series end. */
export interface SettledMoves {
  readonly settled: Settled;
  /** Those that move, by start, with their verdicts. */
  readonly movers: readonly Mover[];
  /** Why each of the others stays where it is, by its id. */
  readonly staying: ReadonlyMap<string, readonly Reason[]>;
}

/** What stays can take what others need of a pool or a quota, and so on; after so many rounds nothing is decided. */
const ROUNDS = 8;

/** Why each of these places can no longer be given up (TOO_LATE), one list for each set. */
export async function judgeGivingUpEach(
  ctx: ViewerCtx,
  sets: readonly (readonly Wish[])[],
): Promise<readonly (readonly Reason[])[]> {
  const docket = await openDocket(ctx, sets);
  if (!docket) return sets.map(() => []);
  return docket.sets.map((cases) => cases.flatMap(judgeGivingUp));
}

/**
 * Judges the batch as it will be at its end (D7): the old places of what moves do not count, those of what stays do.
 * Where the mode leaves conflicts out, those stay where they are, and the rest is judged beside them.
 * @returns null where a resource is unknown
 */
export async function settleMoves(
  ctx: ViewerCtx,
  moves: readonly PlannedMove[],
  mode: ConflictMode,
): Promise<SettledMoves | null> {
  const inOrder = moves.toSorted((a, b) => +a.window.startsAt - +b.window.startsAt);
  const late = await judgeGivingUpEach(
    ctx,
    inOrder.map(({ givesUp }) => givesUp),
  );
  const staying = new Map<string, readonly Reason[]>();
  for (const [index, reasons] of late.entries()) {
    if (reasons.length > 0) staying.set((inOrder[index] as PlannedMove).before.id, reasons);
  }
  const isStrict = mostLeftOut(mode) === 0;
  let moving = isStrict ? inOrder : inOrder.filter(({ before }) => !staying.has(before.id));
  for (let round = 1; ; round++) {
    const settled = await settle(
      ctx,
      moving.map(({ wishes }) => wishes),
      mode,
      moving.map(({ before }) => before.id),
    );
    if (!settled) return null;
    const verdicts = settled.verdicts.map(unlessUnasked);
    const movers = moving.map((move, index) => ({ move, verdict: verdicts[index] as Verdict }));
    const left = leaveOut(movers, staying);
    if (isStrict || left.length === moving.length || left.length === 0)
      return { settled, movers: left, staying };
    if (round === ROUNDS) throw new Unavailable('the occurrences come into the way of each other');
    moving = left.map(({ move }) => move);
  }
}

/** What would have to be approved at its new place cannot go there: see judgeUnasked. */
function unlessUnasked(verdict: Verdict): Verdict {
  const reasons = verdict.claims === null ? [] : judgeUnasked(verdict.cases);
  return reasons.length > 0 ? { ...verdict, claims: null, reasons } : verdict;
}

/** Adds to what stays whatever cannot move, for facts and rules or for what stays already; the others. */
function leaveOut(movers: readonly Mover[], staying: Map<string, readonly Reason[]>): readonly Mover[] {
  const stay = ({ before }: PlannedMove, reasons: readonly Reason[]) =>
    staying.set(before.id, [...(staying.get(before.id) ?? []), ...reasons]);
  let left = movers;
  let staid = movers.filter(({ move, verdict }) => verdict.claims === null || staying.has(move.before.id));
  for (const { move, verdict } of staid) stay(move, verdict.claims === null ? verdict.reasons : []);
  while (staid.length > 0) {
    left = left.filter(({ move }) => !staying.has(move.before.id));
    const rows = staid.map(({ move }) => move.before);
    staid = left.filter(({ move, verdict }) => {
      const reasons = crowdedBy(verdict, rows);
      if (reasons.length > 0) stay(move, reasons);
      return reasons.length > 0;
    });
  }
  return left;
}

/** SLOT_TAKEN where an exclusive resource is still taken by one of those that stay where they are. */
function crowdedBy({ claims, cases }: Verdict, rows: readonly ReservationRow[]): Reason[] {
  return cases.flatMap(({ of }) => {
    const claim = claims?.find(({ resourceId }) => resourceId === of.id);
    if (!claim || of.pooled) return [];
    const conflicts = rows.flatMap((row) =>
      row.claims
        .filter(({ resourceId }) => resourceId === of.id)
        .filter(({ startsAt, endsAt }) => Date.parse(startsAt) < claim.to && Date.parse(endsAt) > claim.from)
        .map((occupied) => ({
          reservationId: row.id,
          ownerId: row.ownerId,
          window: { startsAt: row.startsAt, endsAt: row.endsAt },
          occupied: { startsAt: occupied.startsAt, endsAt: occupied.endsAt },
          quantity: occupied.quantity,
          heldUntil: null,
        })),
    );
    const sentence = `${of.name} is still taken by an occurrence that stays where it is.`;
    return conflicts.length > 0 ? [reason('SLOT_TAKEN', sentence, { resourceId: of.id, conflicts })] : [];
  });
}

/**
 * Where each of the movers goes.
 * @param places what the rule says of them, by id: whoever lies there keeps what was meant, also where clocks skip it
 */
export const destinationsOf = (
  { movers }: SettledMoves,
  timeZone: string,
  places: ReadonlyMap<string, Occurrence>,
): Destination[] =>
  movers.map(({ move: { before, window }, verdict }) => {
    const place = places.get(before.id);
    const isThere = +window.startsAt === +(place?.startsAt ?? 0) && +window.endsAt === +(place?.endsAt ?? 0);
    return {
      reservationId: before.id,
      ...window,
      localStart: place && isThere ? place.key : localText(+window.startsAt, timeZone),
      localEnd: place && isThere ? place.endsLocal : localText(+window.endsAt, timeZone),
      timeZone,
      checkIn: checkInFor(verdict.cases),
      claims: verdict.claims ?? [],
    };
  });
