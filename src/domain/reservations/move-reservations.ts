import { expireNamedHolds } from '../../sql/reservations/expire-holds.js';
import { forgetOldAnswer, keepAnswer, storedAnswer } from '../../sql/reservations/idempotency.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import {
  type Destination,
  type MovedReservation,
  moveReservations as write,
} from '../../sql/reservations/move-reservations.js';
import { type ChangeTarget, readTargets } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow, ReservationState } from '../../sql/reservations/reservation-json.js';
import { type IdempotencyKey, isNotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import { sourceOf } from '../audit/source.js';
import { near } from '../decisions/claims.js';
import type { Docket } from '../decisions/docket.js';
import type { Judged } from '../decisions/judge.js';
import { reason, refused } from '../decisions/reason.js';
import {
  type IdempotencyKeyReused,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  Unavailable,
} from '../failure.js';
import { givingWay } from '../giving-way.js';
import { newId } from '../ids.js';
import { actDone } from '../undoable.js';
import { acceptTerms } from './accept-terms.js';
import { type ChangeRefusal, refuse } from './change-reservation.js';
import { idempotencyKey, replay } from './idempotency-key.js';
import { afterMove, destinations, judgeMoves } from './judge-moves.js';
import { deadInTheWay } from './place.js';
import { type Move, type PlannedMove, planMoves, refusedMove } from './plan-moves.js';
import { quotasLeft } from './quotas-left.js';
import { mayChangeAll } from './rights.js';

export interface MoveReservations {
  readonly moves: readonly Move[];
  readonly idempotencyKey: string | null;
  readonly dryRun: boolean;
}

export type MoveResult = ReservationRow[] | ChangeRefusal | InvalidInput | NotFound | IdempotencyKeyReused;

const MOST_MOVES = 50;
const ATTEMPTS = 8;

/** Thrown to roll back: not every claim found its place. */
class NotPlaced extends Error {}

/**
 * Moves several reservations at once to new windows, other resources or both: all or none, judged at the end
 * of the batch, so that two can swap (D7). A move over the own old window is fine. Buffers are frozen anew (O3).
 * @returns the reservations in the order of the moves, the first answer to the same key, or why not
 */
export async function moveReservations(ctx: ViewerCtx, input: MoveReservations): Promise<MoveResult> {
  const ids = input.moves.map(({ id }) => id);
  if (ids.length < 1 || ids.length > MOST_MOVES)
    return invalidInput(['input', 'moves'], `Move 1 to ${MOST_MOVES} reservations at once.`);
  if (new Set(ids).size < ids.length) return invalidInput(['input', 'moves'], 'Name each reservation once.');
  const key = idempotencyKey('reservation.move', input.idempotencyKey, input.moves);
  if (key && 'kind' in key) return key;
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    const result = await tryMoves(ctx, input, key);
    if (result !== 'AGAIN') return result;
  }
  throw new Unavailable('the windows are contended; nothing was decided');
}

/** One attempt: judge, and unless something speaks against it, write; AGAIN where the facts changed in between. */
async function tryMoves(
  ctx: ViewerCtx,
  input: MoveReservations,
  key: IdempotencyKey | null,
): Promise<MoveResult | 'AGAIN'> {
  const now = ctx.clock.fixed();
  const actor = ctx.viewer.userId;
  const stored = key && !input.dryRun && (await storedAnswer<ReservationRow[]>(ctx.db, now, actor, key));
  if (stored) return replay(stored, key);
  const targets = await readTargets(
    ctx.db,
    now,
    input.moves.map(({ id }) => id),
    actor,
    mayChangeAll(ctx.viewer),
  );
  const refusal = refuseAny(targets, input.moves);
  if (refusal) return refusal;
  const plan = planMoves(targets, input.moves);
  if ('kind' in plan) return plan;
  const judged = await judgeMoves(ctx, plan);
  if (!judged) return notFound(['input', 'resources'], 'resource');
  if (judged.reasons.length > 0) return refused(judged.reasons, refusedMove(plan, judged.reasons));
  const to = destinations(plan, judged);
  if (input.dryRun) {
    return plan.map(({ before }, index) => afterMove(before, to[index] as Destination, judged.now));
  }
  try {
    const { rows, touched } = await givingWay(ctx, () =>
      ctx.db.transaction((tx) => writeMoves(ctx, tx, plan, to, judged, key)),
    );
    ctx.bus.wake({ kind: 'streams', resourceIds: touched });
    return rows;
  } catch (error) {
    if (!(error instanceof NotPlaced || isNotPlaced(error))) throw error;
    if (key) await forgetOldAnswer(ctx.db, now, actor, key);
    return 'AGAIN';
  }
}

/** Whoever is checked in is there: only the end can be another. */
const statesToMove = ({ startsAt, resources }: Move): ReservationState[] =>
  startsAt || resources ? ['HELD', 'CONFIRMED'] : ['HELD', 'CONFIRMED', 'CHECKED_IN'];

const STAYS = reason('NOT_PERMITTED', 'Whoever is checked in here cannot stay longer than was reserved.');

function mayStayLonger(
  { checkIn, state, endsAt: until }: ReservationRow,
  { endsAt, longerMs = 0 }: Move,
): boolean {
  if (state !== 'CHECKED_IN' || !checkIn || checkIn.extension) return true;
  return longerMs <= 0 && (!endsAt || endsAt.getTime() <= Date.parse(until));
}

/** The first reservation that cannot be moved at all, in the order of the moves. */
function refuseAny(targets: readonly ChangeTarget[], moves: readonly Move[]): ChangeRefusal | null {
  for (const move of moves) {
    const target = targets.find(({ row }) => row.id === move.id);
    const refusal = refuse(target, { ...move, from: statesToMove(move) });
    if (refusal) return refusal;
    if (target && !mayStayLonger(target.row, move)) return refused([STAYS]);
  }
  return null;
}

async function writeMoves(
  ctx: ViewerCtx,
  tx: Queryable,
  plan: readonly PlannedMove[],
  to: readonly Destination[],
  { docket, facts, counts, sets }: Judged,
  key: IdempotencyKey | null,
): Promise<{ rows: ReservationRow[]; touched: string[] }> {
  const now = ctx.clock.fixed();
  const { userId } = ctx.viewer;
  const touched = touchedBy(plan, to, docket);
  await lockResources(tx, touched);
  const dead = deadInTheWay(facts);
  if (dead.length > 0) await expireNamedHolds(tx, now, dead, sourceOf(ctx));
  const ids = plan.map((move) => move.before.id);
  const locked = await readTargets(tx, now, ids, userId, mayChangeAll(ctx.viewer), 'LOCKED');
  const same = plan.every((move) =>
    locked.some(
      ({ row }) =>
        row.id === move.before.id && row.version === move.before.version && row.state === move.before.state,
    ),
  );
  if (!same) throw new NotPlaced();
  const left = await quotasLeft(tx, now, counts, ids);
  const moved = left ? await write(tx, now, to, docket.book.version) : null;
  if (!moved) throw new NotPlaced();
  const rows = await recordMoves(ctx, tx, plan, moved);
  const made = plan.map(({ before }, index) => ({ reservationId: before.id, cases: sets[index] ?? [] }));
  await acceptTerms(ctx, tx, made);
  if (key) await keepAnswer(tx, now, userId, key, rows);
  return { rows, touched };
}

/** Writes down the batch as one act, and returns the reservations in the order of the moves. */
async function recordMoves(
  ctx: ViewerCtx,
  tx: Queryable,
  plan: readonly PlannedMove[],
  moved: readonly MovedReservation[],
): Promise<ReservationRow[]> {
  const byId = new Map(moved.map((each) => [each.row.id, each]));
  const inOrder = plan.map(({ before }) => ({ before, ...(byId.get(before.id) as MovedReservation) }));
  const id = newId();
  const doneAt = inOrder[0]?.row.updatedAt ?? null;
  const entries = inOrder.map(({ before, row, left }, index) => ({
    id: index === 0 ? id : newId(),
    action: 'reservation.move',
    subjectId: row.id,
    before: { ...before, ...left },
    after: row,
    actId: id,
  }));
  await recordAudits(tx, ctx, entries, doneAt);
  return inOrder.map(({ row }) => ({
    ...row,
    act: actDone(id, row.updatedAt),
  }));
}

/** Everything that the batch leaves or comes to, parts and wholes included. */
function touchedBy(plan: readonly PlannedMove[], to: readonly Destination[], { book }: Docket): string[] {
  const left = plan.flatMap(({ before }) => before.claims.map(({ resourceId }) => resourceId));
  const taken = to.flatMap(({ claims }) => claims.map(({ resourceId }) => resourceId));
  return [...new Set([...taken, ...left.flatMap((id) => near(book, id))])];
}
