import type { ReservationRow, Visibility } from '../../sql/reservations/reservation-json.js';
import type { IdempotencyKey } from '../../sql/reservations/reserve.js';
import type { ViewerCtx } from '../act.js';
import { sourceOf } from '../audit/source.js';
import { judge } from '../decisions/judge.js';
import { judgeWindow } from '../decisions/judge-window.js';
import { refused } from '../decisions/reason.js';
import { notFound } from '../failure.js';
import { newId } from '../ids.js';
import type { Window } from '../time/window.js';
import { withAsked } from './ask-input.js';
import { checkOnBehalf, checkOwners } from './check-owner.js';
import { checkRequest } from './check-request.js';
import { expiryOf } from './expiry.js';
import { freshlyAsked } from './freshly-asked.js';
import { idempotencyKey } from './idempotency-key.js';
import { askFor, type Placed, place, refusedWish, toReserve, type Wanted } from './place.js';
import { shownClaims } from './shown-claims.js';

export interface CreateReservation {
  readonly title: string;
  readonly details: string;
  /** PUBLIC unless said otherwise. */
  readonly visibility?: Visibility;
  readonly window: Window;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  /** Time to live in milliseconds makes it a hold; null confirms in one go. */
  readonly holdMs: number | null;
  /** On whose behalf; null is the viewer. */
  readonly ownerId: string | null;
  /** The terms that are accepted with it, rule@version; a hold asks for none before it is confirmed. */
  readonly acceptedTerms?: readonly string[];
  readonly idempotencyKey: string | null;
  readonly dryRun: boolean;
  /** Whether a refusal looks for the earliest start that passes; it does unless told not to. */
  readonly suggests?: boolean;
}

export type CreateResult = Placed;

/**
 * Holds or confirms one reservation on all its resources, or on none (O7); where a rule wants it approved, asks for it.
 * A success on one resource costs one round trip; a refusal by its rules one too, any other two: the attempt,
 * and the facts that explain it.
 * @returns the reservation, the first answer to the same key (D6), or every reason against it (D2)
 */
export async function createReservation(ctx: ViewerCtx, input: CreateReservation): Promise<CreateResult> {
  const invalid = checkRequest(input);
  if (invalid) return invalid;
  const broken = judgeWindow(input.window);
  if (broken) return refused([broken]);
  const resourceIds = input.resources.map(({ resourceId }) => resourceId);
  const notOnBehalf = await checkOnBehalf(ctx, input.ownerId, resourceIds);
  if (notOnBehalf) return notOnBehalf;
  const operation = input.holdMs === null ? 'reservation.create' : 'reservation.hold';
  const { dryRun, idempotencyKey: chosen, suggests = true, ...payload } = input;
  const key = idempotencyKey(operation, chosen, payload);
  if (key && 'kind' in key) return key;
  const wanted = toPlace(ctx, input, key);
  return dryRun ? rehearse(ctx, wanted, suggests) : place(ctx, wanted, suggests);
}

function toPlace(ctx: ViewerCtx, input: CreateReservation, key: IdempotencyKey | null): Wanted {
  const { window, resources } = input;
  const ownerId = input.ownerId ?? ctx.viewer.userId;
  return {
    id: newId(),
    actorId: ctx.viewer.userId,
    ownerId,
    title: input.title.trim(),
    details: input.details,
    visibility: input.visibility ?? 'PUBLIC',
    startsAt: window.startsAt,
    endsAt: window.endsAt,
    holdMs: input.holdMs,
    wishes: resources.map((resource) => ({
      ...resource,
      window,
      ownerId,
      keepsStart: false,
      ...(input.holdMs === null && { accepts: input.acceptedTerms ?? [] }),
    })),
    auditId: newId(),
    source: sourceOf(ctx),
    key,
  };
}

/** The object that the real call would return, with nothing written (D1). Its id names nothing. */
async function rehearse(ctx: ViewerCtx, wanted: Wanted, suggests: boolean): Promise<CreateResult> {
  const judged = await judge(ctx, [wanted.wishes], { suggests });
  if (!judged) return notFound(['input', 'resources'], 'resource');
  const invalid = checkOwners(judged.docket);
  if (invalid) return invalid;
  if (judged.reasons.length > 0) return refused(judged.reasons, refusedWish(wanted));
  const now = new Date(judged.now);
  const made = toReserve(ctx, wanted, judged.docket);
  const row: ReservationRow = {
    node: 'Reservation',
    id: wanted.id,
    title: wanted.title,
    details: wanted.details,
    ownerId: wanted.ownerId,
    creatorId: wanted.actorId,
    visibility: wanted.visibility ?? 'PUBLIC',
    state: made.holdMs === null ? 'CONFIRMED' : made.heldAs,
    startsAt: wanted.startsAt.toISOString(),
    endsAt: wanted.endsAt.toISOString(),
    expiresAt: expiryOf(made, judged.now),
    version: 1,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    seriesId: null,
    occurrence: null,
    detached: false,
    checkIn: freshlyAsked(made.checkIn, wanted, judged.now, made.holdMs === null),
    claims: shownClaims(made.claims),
  };
  return withAsked(row, askFor(wanted, judged.docket));
}
