import type { ReservationState, Visibility } from '../reservations/reservation-json.js';

/** A reservation as an event keeps it: bare uuids, instants as JSON text. */
export interface ToldReservation {
  readonly id: string;
  readonly title: string;
  readonly details: string;
  /** Not there in events from before reservations had it. */
  readonly visibility?: Visibility;
  readonly state: ReservationState;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly expiresAt: string | null;
  readonly ownerId: string;
  readonly creatorId: string;
  readonly seriesId: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly claims: readonly {
    readonly resourceId: string;
    readonly name: string;
    readonly quantity: number;
  }[];
}

/** What the trigger webhook_enqueue has kept of a change; empty for a test. */
export interface WebhookEventRow {
  readonly actorId?: string | null;
  readonly reservation?: ToldReservation;
  /** Of a move: what it was before. */
  readonly previous?: {
    readonly startsAt: string;
    readonly endsAt: string;
    readonly claims: readonly { readonly resourceId: string; readonly quantity: number }[];
  } | null;
}

/** One event for one webhook, and what has become of it. */
export interface DeliveryRow {
  readonly node: 'WebhookDelivery';
  readonly id: string;
  readonly webhookId: string;
  readonly eventType: string;
  readonly event: WebhookEventRow;
  readonly createdAt: string;
  /** Finished ones since it was written or replayed. */
  readonly attempts: number;
  /** When it is tried next; null: it is settled. */
  readonly nextAt: string | null;
  readonly deliveredAt: string | null;
  readonly lastAt: string | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly response: string | null;
}

/** The event that only webhookTest makes. */
export const TEST_EVENT = 'webhook.test';

/** SQL that prints delivery `d` as a DeliveryRow. */
export const deliveryJson = (d: string): string => `json_build_object(
  'node', 'WebhookDelivery', 'id', ${d}.id, 'webhookId', ${d}.webhook_id, 'eventType', ${d}.event_type,
  'event', ${d}.event, 'createdAt', ${d}.created_at, 'attempts', ${d}.attempts, 'nextAt', ${d}.next_at,
  'deliveredAt', ${d}.delivered_at, 'lastAt', ${d}.last_at, 'lastStatus', ${d}.last_status,
  'lastError', ${d}.last_error, 'response', ${d}.response)`;
