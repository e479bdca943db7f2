import { NOW } from '../reservations/reservation-json.js';
import type { RuleScope } from '../rules/read-rule-book.js';
import { scopeValues } from '../rules/scope.js';
import { type Queryable, statement } from '../statement.js';
import { type WebhookRow, webhookJson } from './webhook-row.js';

/** What people decide of a webhook. */
export interface WebhookFields extends RuleScope {
  readonly name: string;
  readonly url: string;
  readonly events: readonly string[];
}

const valuesOf = (fields: WebhookFields) => [fields.name, fields.url, fields.events, ...scopeValues(fields)];

const INSERT = statement<{ row: WebhookRow }>(
  'webhook-insert',
  `with made as (
     insert into webhook (id, name, url, events, resource_id, type_id, place_id, secret_sealed, creator_id, created_at)
     values ($2, $3, $4, $5, $6, $7, $8, $9, $10, date_trunc('milliseconds', ${NOW})) returning *
   )
   select ${webhookJson('made')} as row from made`,
);

/** Adds one; fails with a unique violation where the name is taken. */
export async function insertWebhook(
  tx: Queryable,
  now: string | null,
  webhook: WebhookFields & { readonly id: string; readonly sealed: Buffer; readonly creatorId: string },
): Promise<WebhookRow> {
  const { id, sealed, creatorId } = webhook;
  const [made] = await tx.query(INSERT, [now, id, ...valuesOf(webhook), sealed, creatorId]);
  return (made as { row: WebhookRow }).row;
}

const UPDATE = statement<{ row: WebhookRow }>(
  'webhook-update',
  `with changed as (
     update webhook set name = $2, url = $3, events = $4, resource_id = $5, type_id = $6, place_id = $7,
       version = version + 1
     where id = $1 returning *
   )
   select ${webhookJson('changed')} as row from changed`,
);

/** Describes one anew; fails with a unique violation where the name is taken. */
export async function updateWebhook(tx: Queryable, id: string, fields: WebhookFields): Promise<WebhookRow> {
  const [changed] = await tx.query(UPDATE, [id, ...valuesOf(fields)]);
  return (changed as { row: WebhookRow }).row;
}

const FORGET = statement<never>('webhook-forget', 'delete from webhook_delivery where webhook_id = $1');
const REMOVE = statement<never>('webhook-remove', 'delete from webhook where id = $1');

/**
 * Removes one with its whole history. Reservations wait for the removal of the webhook itself, so the history, which
 * may be long, goes before.
 */
export async function removeWebhook(tx: Queryable, id: string): Promise<void> {
  await tx.query(FORGET, [id]);
  await tx.query(REMOVE, [id]);
}

const ROTATE = statement<{ row: WebhookRow }>(
  'webhook-rotate',
  `with changed as (
     update webhook set old_secret_sealed = secret_sealed, secret_sealed = $3, version = version + 1,
       old_secret_until = date_trunc('milliseconds', ${NOW}) + $4 * interval '1 ms'
     where id = $2 returning *
   )
   select ${webhookJson('changed')} as row from changed`,
);

/** Gives it another secret; the present one signs along for so long. */
export async function rotateSecret(
  tx: Queryable,
  now: string | null,
  id: string,
  sealed: Buffer,
  overlapMs: number,
): Promise<WebhookRow> {
  const [changed] = await tx.query(ROTATE, [now, id, sealed, overlapMs]);
  return (changed as { row: WebhookRow }).row;
}

const PAUSE = statement<{ row: WebhookRow }>(
  'webhook-pause',
  `with changed as (
     update webhook set paused_at = date_trunc('milliseconds', ${NOW}), pause_reason = $3, version = version + 1
     where id = $2 returning *
   )
   select ${webhookJson('changed')} as row from changed`,
);

/** Pauses it for a reason, a sentence for people: it is told nothing, and sent nothing but tests. */
export async function pauseWebhook(
  tx: Queryable,
  now: string | null,
  id: string,
  reason: string,
): Promise<WebhookRow> {
  const [changed] = await tx.query(PAUSE, [now, id, reason]);
  return (changed as { row: WebhookRow }).row;
}

/** What is being sent keeps its lease. */
const HURRY = statement<never>(
  'webhook-hurry',
  `update webhook_delivery d set next_at = date_trunc('milliseconds', ${NOW})
   where d.webhook_id = $2 and d.lease is null and d.next_at > ${NOW}`,
);

const RESUME = statement<{ row: WebhookRow }>(
  'webhook-resume',
  `with changed as (
     update webhook set paused_at = null, pause_reason = null, failures = 0, version = version + 1
     where id = $1 returning *
   )
   select ${webhookJson('changed')} as row from changed`,
);

/** Ends its pause; what has waited is due from now on, whatever wait it was in. */
export async function resumeWebhook(tx: Queryable, now: string | null, id: string): Promise<WebhookRow> {
  await tx.query(HURRY, [now, id]);
  const [changed] = await tx.query(RESUME, [id]);
  return (changed as { row: WebhookRow }).row;
}
