import { registerEnumType } from 'type-graphql';
import type { WebhookEventName } from '../../domain/webhooks/events.js';

export enum WebhookEvent {
  RESERVATION_CREATED = 'RESERVATION_CREATED',
  RESERVATION_HELD = 'RESERVATION_HELD',
  RESERVATION_REQUESTED = 'RESERVATION_REQUESTED',
  RESERVATION_CONFIRMED = 'RESERVATION_CONFIRMED',
  RESERVATION_REJECTED = 'RESERVATION_REJECTED',
  RESERVATION_UPDATED = 'RESERVATION_UPDATED',
  RESERVATION_MOVED = 'RESERVATION_MOVED',
  RESERVATION_CHECKED_IN = 'RESERVATION_CHECKED_IN',
  RESERVATION_CHECKED_OUT = 'RESERVATION_CHECKED_OUT',
  RESERVATION_NO_SHOW = 'RESERVATION_NO_SHOW',
  RESERVATION_CANCELLED = 'RESERVATION_CANCELLED',
  RESERVATION_RESTORED = 'RESERVATION_RESTORED',
  RESERVATION_EXPIRED = 'RESERVATION_EXPIRED',
}
registerEnumType(WebhookEvent, {
  name: 'WebhookEvent',
  description: 'What webhooks tell. On the wire RESERVATION_CREATED is reservation.created, and so on.',
  valuesConfig: {
    RESERVATION_CREATED: { description: 'A reservation was made, confirmed from the start.' },
    RESERVATION_HELD: { description: 'A reservation was made as a hold.' },
    RESERVATION_REQUESTED: {
      description: 'A reservation was made, or a hold confirmed, and waits for approval.',
    },
    RESERVATION_CONFIRMED: {
      description: 'A hold was confirmed, or a request approved by the last who had to.',
    },
    RESERVATION_REJECTED: { description: 'An approver has said no.' },
    RESERVATION_UPDATED: { description: 'Title, details or series are others; the window is not.' },
    RESERVATION_MOVED: { description: 'Window or resources are others; the message tells those before.' },
    RESERVATION_CHECKED_IN: { description: 'Somebody is there.' },
    RESERVATION_CHECKED_OUT: { description: 'Whoever was there has left; the window may end earlier now.' },
    RESERVATION_NO_SHOW: { description: 'Nobody had checked in, and all that is left is free again.' },
    RESERVATION_CANCELLED: { description: 'A reservation was cancelled, by somebody or by a closure.' },
    RESERVATION_RESTORED: { description: 'A cancellation was undone, or the closure that had caused it.' },
    RESERVATION_EXPIRED: {
      description: 'A hold or a request was found dead; by the clock it was from expiresAt on.',
    },
  },
});

export enum WebhookDeliveryStatus {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
}
registerEnumType(WebhookDeliveryStatus, {
  name: 'WebhookDeliveryStatus',
  description: 'What has become of a delivery.',
  valuesConfig: {
    PENDING: { description: 'It is to be sent, for the first time or again.' },
    DELIVERED: { description: 'The receiver has answered with 2xx.' },
    FAILED: { description: 'It was given up; it can be replayed.' },
  },
});

/** The name on the wire. */
export const eventName = (event: WebhookEvent): WebhookEventName =>
  event.toLowerCase().replace('_', '.') as WebhookEventName;

/** The value of the enumeration for a name on the wire. */
export const eventOf = (name: string): WebhookEvent => name.toUpperCase().replace('.', '_') as WebhookEvent;
