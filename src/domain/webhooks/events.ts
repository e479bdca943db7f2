/** What webhooks tell, in the order of a reservation's life: what the SQL function webhook_event can give. */
export const WEBHOOK_EVENTS = [
  'reservation.created',
  'reservation.held',
  'reservation.requested',
  'reservation.confirmed',
  'reservation.rejected',
  'reservation.updated',
  'reservation.moved',
  'reservation.checked_in',
  'reservation.checked_out',
  'reservation.no_show',
  'reservation.cancelled',
  'reservation.restored',
  'reservation.expired',
] as const;

export type WebhookEventName = (typeof WEBHOOK_EVENTS)[number];
