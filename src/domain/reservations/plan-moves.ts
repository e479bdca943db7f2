import type { ChangeTarget } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { Wish } from '../decisions/case.js';
import { judgeWindow } from '../decisions/judge-window.js';
import {
  type Reason,
  type RefusedWish,
  type ReservationRefused,
  refused,
  spanOf,
} from '../decisions/reason.js';
import { type InvalidInput, nothingToChange } from '../failure.js';
import { type Window, windowOf } from '../time/window.js';
import { checkResources } from './check-request.js';

/** Where one reservation shall go; null leaves start, end or resources as they are. */
export interface Move {
  readonly id: string;
  readonly expectedVersion: number | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** Instead of an end: how much later than now it shall be, in ms. */
  readonly longerMs?: number;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[] | null;
}

export interface PlannedMove {
  readonly before: ReservationRow;
  readonly window: Window;
  /** What it wants at its new place. */
  readonly wishes: readonly Wish[];
  /** What it gives up: all of its place where the start moves, else what it leaves, takes less of, or ends earlier. */
  readonly givesUp: readonly Wish[];
}

/** Completes each move with what stays; the targets have been found changeable. */
export function planMoves(
  targets: readonly ChangeTarget[],
  moves: readonly Move[],
): PlannedMove[] | InvalidInput | ReservationRefused {
  const plan: PlannedMove[] = [];
  for (const move of moves) {
    if (!move.startsAt && !move.endsAt && !move.longerMs && !move.resources)
      return nothingToChange(['input']);
    const { row } = targets.find((target) => target.row.id === move.id) as ChangeTarget;
    const old = windowOf(row);
    const later = new Date(old.endsAt.getTime() + (move.longerMs ?? 0));
    const window = { startsAt: move.startsAt ?? old.startsAt, endsAt: move.endsAt ?? later };
    const broken = judgeWindow(window);
    if (broken) return refused([broken]);
    const invalid = move.resources && checkResources(move.resources);
    if (invalid) return invalid;
    plan.push(planned(row, old, window, move.resources ?? row.claims));
  }
  return plan;
}

function planned(
  before: ReservationRow,
  old: Window,
  window: Window,
  resources: NonNullable<Move['resources']>,
): PlannedMove {
  const { ownerId, claims } = before;
  const sameStart = +old.startsAt === +window.startsAt;
  const wishes = resources.map(({ resourceId, quantity }): Wish => {
    const before = claims.find((claim) => claim.resourceId === resourceId);
    const wish = { resourceId, quantity, window, ownerId, keepsStart: sameStart && before !== undefined };
    return before && quantity <= before.quantity ? { ...wish, had: old } : wish;
  });
  const endsEarlier = window.endsAt < old.endsAt;
  const rest = { startsAt: window.endsAt, endsAt: old.endsAt };
  const givesUp = claims.flatMap(({ resourceId, quantity }): Wish | never[] => {
    const kept = sameStart ? resources.find((resource) => resource.resourceId === resourceId) : undefined;
    const isWhole = !kept || kept.quantity < quantity;
    if (!isWhole && !endsEarlier) return [];
    return { resourceId, quantity, window: isWhole ? old : rest, ownerId, keepsStart: true };
  });
  return { before, window, wishes, givesUp };
}

/** What a refused move offers something else for: one reservation that can leave its old place. */
export function refusedMove(plan: readonly PlannedMove[], reasons: readonly Reason[]): RefusedWish | null {
  const [move, ...others] = plan;
  if (!move || others.length > 0 || reasons.some(({ code }) => code === 'TOO_LATE')) return null;
  const { before, window, wishes } = move;
  return {
    ownerId: before.ownerId,
    window: spanOf(window.startsAt.getTime(), window.endsAt.getTime()),
    resources: wishes.map(({ resourceId, quantity }) => ({ resourceId, quantity })),
    moving: {
      id: before.id,
      startsAt: windowOf(before).startsAt.toISOString(),
      resourceIds: before.claims.map(({ resourceId }) => resourceId),
    },
  };
}
