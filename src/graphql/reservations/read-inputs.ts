import type { ReservationRefused } from '../../domain/decisions/reason.js';
import type { InvalidInput } from '../../domain/failure.js';
import type { CreateReservation } from '../../domain/reservations/create-reservation.js';
import type { Move } from '../../domain/reservations/plan-moves.js';
import type { GraphQLContext } from '../context.js';
import { resourceById } from '../resources/loaders.js';
import { bareId } from '../schema/ids.js';
import { readSides, readWindow } from '../schema/read-window.js';
import { reservationById } from './loaders.js';
import type {
  ReservationCreateInput,
  ReservationMoveItem,
  ResourceQuantityInput,
} from './reservation.inputs.js';

type Problem = InvalidInput | ReservationRefused;

/** Resources by bare ids, one of each unless said otherwise. */
export const readResources = (resources: readonly ResourceQuantityInput[]) =>
  resources.map(({ resourceId, quantity }) => ({
    resourceId: bareId('Resource', resourceId),
    quantity: quantity ?? 1,
  }));

/** The terms that are accepted, by the bare ids of their rules; nothing where none are named. */
export const readTerms = ({ acceptedTerms }: { readonly acceptedTerms?: readonly string[] | null }) =>
  acceptedTerms
    ? {
        acceptedTerms: acceptedTerms.map((key) => {
          const at = key.indexOf('@');
          return `${bareId('Rule', at < 0 ? key : key.slice(0, at))}@${at < 0 ? '' : key.slice(at + 1)}`;
        }),
      }
    : {};

/** The zone of the resource, whose clocks local times without a zone mean; null where there is none. */
export const zoneOf = async (ctx: GraphQLContext, resourceId: string | undefined): Promise<string | null> =>
  (resourceId ? await resourceById(ctx).load(resourceId) : null)?.timeZone ?? null;

export async function readCreate(
  ctx: GraphQLContext,
  input: ReservationCreateInput,
  holdMs: number | null,
): Promise<CreateReservation | Problem> {
  const resources = readResources(input.resources);
  const window = await readWindow(input.window, () => zoneOf(ctx, resources[0]?.resourceId));
  if ('kind' in window) return window;
  return {
    title: input.title,
    details: input.details ?? '',
    ...(input.visibility && { visibility: input.visibility }),
    window,
    resources,
    holdMs,
    ownerId: input.ownerId ? bareId('User', input.ownerId) : null,
    ...readTerms(input),
    idempotencyKey: input.idempotencyKey ?? null,
    dryRun: input.dryRun ?? false,
  };
}

export async function readMove(ctx: GraphQLContext, item: ReservationMoveItem): Promise<Move | Problem> {
  const id = bareId('Reservation', item.id);
  const resources = item.resources ? readResources(item.resources) : null;
  const firstResource = async () =>
    resources?.[0]?.resourceId ?? (await reservationById(ctx).load(id))?.claims[0]?.resourceId;
  const sides = await readSides(item.window ?? {}, async () => zoneOf(ctx, await firstResource()));
  if ('kind' in sides) return sides;
  return { id, expectedVersion: item.expectedVersion ?? null, ...sides, resources, ...readTerms(item) };
}
