import type { Placement } from '../../sql/move-reservations.js';
import { type ConflictFact, type Facts, readFacts } from '../../sql/read-facts.js';
import type { ChangeTarget } from '../../sql/read-reservations.js';
import type { ReservationRow } from '../../sql/reservation-json.js';
import type { ViewerCtx } from '../act.js';
import { decide, judgeWindow, type Wish } from '../decisions/decide.js';
import { type Reason, type ReservationRefused, refused } from '../decisions/reason.js';
import { type InvalidInput, type NotFound, notFound } from '../failure.js';
import { overlaps, type Window, windowOf, withBuffers } from '../time/window.js';
import { checkResources } from './check-request.js';

/** Where one reservation shall go; null leaves start, end or resources as they are. */
export interface Move {
  readonly id: string;
  readonly expectedVersion: number | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[] | null;
}

export interface PlannedMove {
  readonly before: ReservationRow;
  readonly placement: Placement;
  /** The resources that it leaves and those that it comes to. */
  readonly touched: readonly string[];
  /** The reservation as it will be, for a dry run. */
  readonly after: (facts: Facts) => ReservationRow;
}

/** Completes each move with what stays; the targets have been found changeable. */
export function planMoves(
  targets: readonly ChangeTarget[],
  moves: readonly Move[],
): PlannedMove[] | InvalidInput | ReservationRefused {
  const plan: PlannedMove[] = [];
  for (const move of moves) {
    const { row, now } = targets.find((target) => target.row.id === move.id) as ChangeTarget;
    const old = windowOf(row);
    const window = { startsAt: move.startsAt ?? old.startsAt, endsAt: move.endsAt ?? old.endsAt };
    const broken = judgeWindow(window);
    if (broken) return refused([broken]);
    const invalid = move.resources && checkResources(move.resources);
    if (invalid) return invalid;
    const resources = (move.resources ?? row.claims).map(({ resourceId, quantity }) => ({
      resourceId,
      quantity,
    }));
    const placement = { reservationId: row.id, ...window, resources };
    const touched = [...row.claims, ...resources].map(({ resourceId }) => resourceId);
    plan.push({ before: row, placement, touched, after: (facts) => afterMove(row, placement, facts, now) });
  }
  return plan;
}

function afterMove(before: ReservationRow, placement: Placement, facts: Facts, now: string): ReservationRow {
  const claims = placement.resources.map(({ resourceId, quantity }) => {
    const resource = facts.resources.find(({ id }) => id === resourceId);
    const span = withBuffers(placement, resource?.setupMinutes ?? 0, resource?.teardownMinutes ?? 0);
    return { resourceId, quantity, startsAt: span.startsAt.toISOString(), endsAt: span.endsAt.toISOString() };
  });
  return {
    ...before,
    startsAt: placement.startsAt.toISOString(),
    endsAt: placement.endsAt.toISOString(),
    version: before.version + 1,
    updatedAt: new Date(now).toISOString(),
    claims: claims.sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1)),
  };
}

interface PlannedWish extends Wish {
  readonly move: PlannedMove;
}

/** What the other moves of the batch will occupy of this wish's resource, as the database would report it. */
function batchMates(
  wish: PlannedWish,
  wishes: readonly PlannedWish[],
  buffers: { setupMinutes: number; teardownMinutes: number },
): ConflictFact[] {
  const occupied = (window: Window) => withBuffers(window, buffers.setupMinutes, buffers.teardownMinutes);
  return wishes
    .filter((other) => other.move !== wish.move && other.resourceId === wish.resourceId)
    .filter((other) => overlaps(occupied(other.window), occupied(wish.window)))
    .map(({ move, window, quantity }) => ({
      reservationId: move.before.id,
      ownerId: move.before.ownerId,
      state: move.before.state,
      quantity,
      startsAt: window.startsAt.toISOString(),
      endsAt: window.endsAt.toISOString(),
      occupiedFrom: occupied(window).startsAt.toISOString(),
      occupiedTo: occupied(window).endsAt.toISOString(),
      heldUntil: move.before.expiresAt,
      dead: false,
    }));
}

/** The reasons against the batch as it will be at its end: the moved reservations' old places do not count (D7). */
export async function judgeMoves(
  ctx: ViewerCtx,
  plan: readonly PlannedMove[],
): Promise<{ facts: Facts; reasons: Reason[] } | NotFound> {
  const wishes = plan.flatMap((move) =>
    move.placement.resources.map((wanted): PlannedWish => ({ ...wanted, window: move.placement, move })),
  );
  const spans = wishes.map(({ resourceId, window }) => ({
    resourceId,
    startsAt: window.startsAt,
    endsAt: window.endsAt,
  }));
  const moving = plan.map((move) => move.before.id);
  const facts = await readFacts(ctx.db, ctx.clock.fixed(), spans, moving, null);
  if (facts.resources.length < wishes.length) return notFound(['input', 'resources'], 'resource');
  const resources = facts.resources.map((resource, index) => {
    const wish = wishes[index] as PlannedWish;
    return { ...resource, conflicts: [...resource.conflicts, ...batchMates(wish, wishes, resource)] };
  });
  const whole = { ...facts, resources };
  return { facts: whole, reasons: decide(whole, wishes, ctx.viewer) };
}

/** Holds in the way that the clock has killed: they expire in the transaction of the move. */
export const deadInTheWay = (facts: Facts): string[] =>
  facts.resources.flatMap(({ conflicts }) =>
    conflicts.filter((conflict) => conflict.dead).map((conflict) => conflict.reservationId),
  );
