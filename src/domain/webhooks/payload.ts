import type { DeliveryRow, ToldReservation, WebhookEventRow } from '../../sql/webhooks/delivery-row.js';
import { globalId } from '../ids.js';
import { instantText } from '../time/instant-text.js';

const instant = (text: string): string => instantText(Date.parse(text));

/** Whoever receives messages is nobody whom a private reservation concerns: it is told as something that is taken. */
const namesOf = ({ visibility = 'PUBLIC', title, details, ownerId, creatorId }: ToldReservation) =>
  visibility === 'PRIVATE'
    ? { visibility, title: null, details: null, ownerId: null, creatorId: null }
    : {
        visibility,
        title,
        details,
        ownerId: globalId('User', ownerId),
        creatorId: globalId('User', creatorId),
      };

const toldOf = (told: ToldReservation) => ({
  id: globalId('Reservation', told.id),
  ...namesOf(told),
  state: told.state,
  startsAt: instant(told.startsAt),
  endsAt: instant(told.endsAt),
  expiresAt: told.expiresAt && instant(told.expiresAt),
  resources: told.claims.map(({ resourceId, name, quantity }) => ({
    id: globalId('Resource', resourceId),
    name,
    quantity,
  })),
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
        actorId: actorId && reservation.visibility !== 'PRIVATE' ? globalId('User', actorId) : null,
      }
    : {};
  return JSON.stringify({ type: eventType, timestamp: instant(createdAt), data });
}
