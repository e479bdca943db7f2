import type { Viewer } from '../../src/domain/act.js';
import { type CreateClosure, createClosure } from '../../src/domain/closings/create-closure.js';
import {
  type CreateReservation,
  createReservation,
} from '../../src/domain/reservations/create-reservation.js';
import type { ReservationRow } from '../../src/sql/reservations/reservation-json.js';
import type { TestCtx } from './ctx.js';

type Acting = TestCtx & { readonly viewer: Viewer };

/** A scope from the one part that is named. */
export const scopeOf = (scope: { resourceId?: string; typeId?: string; placeId?: string } = {}) => ({
  resourceId: null,
  typeId: null,
  placeId: null,
  ...scope,
});

/** Closes a resource; throws where that is refused. */
export async function close(ctx: Acting, resourceId: string, facts: Partial<CreateClosure> = {}) {
  const made = await createClosure(ctx, {
    scope: scopeOf({ resourceId }),
    title: 'Maintenance',
    startsLocal: '2027-03-02T09:00',
    endsLocal: '2027-03-02T11:00',
    rrule: null,
    exdates: [],
    existing: 'KEEP',
    ...facts,
  });
  if ('kind' in made || !made.closing) throw new Error('message' in made ? made.message : 'no closing');
  return { ...made, closing: made.closing };
}

/** Asks for a reservation of these resources, one of each. */
export const wishFor = (
  resourceIds: readonly string[],
  startsAt: string,
  endsAt: string,
  more: Partial<CreateReservation> = {},
): CreateReservation => ({
  title: 'Planning',
  details: '',
  window: { startsAt: new Date(startsAt), endsAt: new Date(endsAt) },
  resources: resourceIds.map((resourceId) => ({ resourceId, quantity: 1 })),
  holdMs: null,
  ownerId: null,
  idempotencyKey: null,
  dryRun: false,
  ...more,
});

/** Reserves; throws where that is refused. */
export async function reserved(ctx: Acting, ...wanted: Parameters<typeof wishFor>): Promise<ReservationRow> {
  const made = await createReservation(ctx, wishFor(...wanted));
  if ('kind' in made) throw new Error(made.message);
  return made;
}
