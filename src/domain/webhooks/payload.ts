import type { DeliveryRow, ToldReservation, WebhookEventRow } from '../../sql/webhooks/delivery-row.js';
import { globalId } from '../ids.js';
import { instantText } from '../time/instant-text.js';

const instant = (text: string): string => instantText(Date.parse(text));

const toldOf = (told: ToldReservation) => ({
  id: globalId('Reservation', told.id),
  title: told.title,
  details: told.details,
  state: told.state,
  startsAt: instant(told.startsAt),
  endsAt: instant(told.endsAt),
  expiresAt: told.expiresAt && instant(told.expiresAt),
  resources: told.claims.map(({ resourceId, name, quantity }) => ({
    id: globalId('Resource', resourceId),
    name,
    quantity,
  })),
  ownerId: globalId('User', told.ownerId),
  creatorId: globalId('User', told.creatorId),
  seriesId: told.seriesId && globalId('Series', told.seriesId),
  version: told.version,
  createdAt: instant(told.createdAt),
  updatedAt: instant(told.updatedAt),
});

const previousOf = ({ startsAt, endsAt, claims }: NonNullable<WebhookEventRow['previous']>) => ({
  startsAt: instant(startsAt),
  endsAt: instant(endsAt),
  resources: claims.map(({ resourceId, quantity }) => ({ id: globalId('Resource', resourceId), quantity })),
});

/** The body that is sent and signed, the same at each attempt: docs/webhooks.md shows it. */
export function payloadOf({ eventType, createdAt, event }: DeliveryRow): string {
  const { reservation, previous, actorId } = event;
  const data = reservation
    ? {
        reservation: toldOf(reservation),
        previous: previous ? previousOf(previous) : null,
        actorId: actorId ? globalId('User', actorId) : null,
      }
    : {};
  return JSON.stringify({ type: eventType, timestamp: instant(createdAt), data });
}
