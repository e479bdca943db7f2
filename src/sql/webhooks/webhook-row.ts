import type { RuleScope } from '../rules/read-rule-book.js';

/** A webhook without its secrets: bare uuids, instants as JSON text in UTC. */
export interface WebhookRow extends RuleScope {
  readonly node: 'Webhook';
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Names as they are sent, `reservation.moved`; empty: every event. */
  readonly events: readonly string[];
  readonly pausedAt: string | null;
  readonly pauseReason: string | null;
  /** Attempts that have failed since the last one that did not. */
  readonly failures: number;
  /** Until when the secret before signs along; past or null: it does not. */
  readonly oldSecretUntil: string | null;
  readonly creatorId: string;
  readonly version: number;
  readonly createdAt: string;
}

/** SQL that prints webhook `h` as a WebhookRow. */
export const webhookJson = (h: string): string => `json_build_object(
  'node', 'Webhook', 'id', ${h}.id, 'name', ${h}.name, 'url', ${h}.url, 'events', ${h}.events,
  'resourceId', ${h}.resource_id, 'typeId', ${h}.type_id, 'placeId', ${h}.place_id, 'pausedAt', ${h}.paused_at,
  'pauseReason', ${h}.pause_reason, 'failures', ${h}.failures, 'oldSecretUntil', ${h}.old_secret_until,
  'creatorId', ${h}.creator_id, 'version', ${h}.version, 'createdAt', ${h}.created_at)`;
