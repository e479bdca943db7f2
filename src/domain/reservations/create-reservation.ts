import type { ReservationRow } from '../../sql/reservation-json.js';
import type { IdempotencyKey, ReserveInput } from '../../sql/reserve.js';
import { statement } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { judgeWindow } from '../decisions/decide.js';
import { reason, refused } from '../decisions/reason.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { type Window, withBuffers } from '../time/window.js';
import { checkRequest } from './check-request.js';
import { idempotencyKey } from './idempotency-key.js';
import { judge, type Placed, place } from './place.js';
import { mayChangeAll } from './rights.js';

export interface CreateReservation {
  readonly title: string;
  readonly details: string;
  readonly window: Window;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  /** Time to live in milliseconds makes it a hold; null confirms in one go. */
  readonly holdMs: number | null;
  /** On whose behalf; null is the viewer. */
  readonly ownerId: string | null;
  readonly idempotencyKey: string | null;
  readonly dryRun: boolean;
}

export type CreateResult = Placed | InvalidInput;

const OWNER = statement<{ active: boolean }>(
  'reservation-owner',
  'select active from app_user where id = $1',
);

/** Whether the viewer may reserve for that owner, and the owner can have reservations at all. */
async function checkOwner(ctx: ViewerCtx, ownerId: string | null): Promise<CreateResult | null> {
  if (!ownerId || ownerId === ctx.viewer.userId) return null;
  if (!mayChangeAll(ctx.viewer)) {
    return refused([reason('NOT_PERMITTED', 'Only managers reserve on behalf of somebody else.')]);
  }
  const [owner] = await ctx.db.query(OWNER, [ownerId]);
  return owner?.active ? null : invalidInput(['input', 'ownerId'], 'There is no such active user.');
}

/**
 * Holds or confirms one reservation on all its resources, or on none (O7).
 * A success on one resource costs one round trip; a refusal two: the attempt, and the facts that explain it.
 * @returns the reservation, the first answer to the same key (D6), or every reason against it (D2)
 */
export async function createReservation(ctx: ViewerCtx, input: CreateReservation): Promise<CreateResult> {
  const invalid = checkRequest(input);
  if (invalid) return invalid;
  const broken = judgeWindow(input.window);
  if (broken) return refused([broken]);
  const ownerProblem = await checkOwner(ctx, input.ownerId);
  if (ownerProblem) return ownerProblem;
  const operation = input.holdMs === null ? 'reservation.create' : 'reservation.hold';
  const { dryRun, idempotencyKey: chosen, ...payload } = input;
  const key = idempotencyKey(operation, chosen, payload);
  if (key && 'kind' in key) return key;
  const wanted = toReserve(ctx, input, key);
  if (dryRun) return rehearse(ctx, wanted);
  const placed = await place(ctx, wanted);
  if ('node' in placed) ctx.bus.wake({ kind: 'streams', resourceIds: wanted.resourceIds });
  return placed;
}

function toReserve(ctx: ViewerCtx, input: CreateReservation, key: IdempotencyKey | null): ReserveInput {
  const ascending = [...input.resources].sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
  return {
    now: ctx.clock.fixed(),
    id: newId(),
    actorId: ctx.viewer.userId,
    ownerId: input.ownerId ?? ctx.viewer.userId,
    title: input.title.trim(),
    details: input.details,
    startsAt: input.window.startsAt,
    endsAt: input.window.endsAt,
    holdMs: input.holdMs,
    resourceIds: ascending.map(({ resourceId }) => resourceId),
    quantities: ascending.map(({ quantity }) => quantity),
    auditId: newId(),
    requestId: ctx.requestId,
    key,
  };
}

/** The object that the real call would return, with nothing written (D1). Its id names nothing. */
async function rehearse(ctx: ViewerCtx, wanted: ReserveInput): Promise<CreateResult> {
  const judged = await judge(ctx, wanted);
  if ('kind' in judged) return judged;
  const { facts, reasons } = judged;
  if (reasons.length > 0) return refused(reasons);
  const now = new Date(facts.now);
  const row: ReservationRow = {
    node: 'Reservation',
    id: wanted.id,
    title: wanted.title,
    details: wanted.details,
    ownerId: wanted.ownerId,
    creatorId: wanted.actorId,
    state: wanted.holdMs === null ? 'CONFIRMED' : 'HELD',
    startsAt: wanted.startsAt.toISOString(),
    endsAt: wanted.endsAt.toISOString(),
    expiresAt: wanted.holdMs === null ? null : new Date(now.getTime() + wanted.holdMs).toISOString(),
    version: 1,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    claims: facts.resources.map((resource, index) => {
      const span = withBuffers(
        { startsAt: wanted.startsAt, endsAt: wanted.endsAt },
        resource.setupMinutes,
        resource.teardownMinutes,
      );
      return {
        resourceId: resource.id,
        quantity: wanted.quantities[index] ?? 1,
        startsAt: span.startsAt.toISOString(),
        endsAt: span.endsAt.toISOString(),
      };
    }),
  };
  return row;
}
