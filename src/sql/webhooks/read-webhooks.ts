import { type Queryable, statement } from '../statement.js';
import { type WebhookRow, webhookJson } from './webhook-row.js';

const BY_IDS = statement<{ row: WebhookRow }>(
  'webhooks-by-ids',
  `select ${webhookJson('h')} as row from webhook h where h.id = any ($1::uuid[])`,
);

/** The webhooks by id; those that do not exist are missing from the map. */
export async function webhooksByIds(on: Queryable, ids: readonly string[]): Promise<Map<string, WebhookRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

const PAGE = statement<{ row: WebhookRow }>(
  'webhooks-page',
  `select ${webhookJson('h')} as row from webhook h
   where $1::text is null or (h.name, h.id) > ($1, $2::uuid) order by h.name, h.id limit $3`,
);

/** Up to `limit` webhooks by name. */
export async function webhookPage(
  on: Queryable,
  after: { readonly name: string; readonly id: string } | null,
  limit: number,
): Promise<WebhookRow[]> {
  return (await on.query(PAGE, [after?.name ?? null, after?.id ?? null, limit])).map(({ row }) => row);
}

const LOCK = statement<{ row: WebhookRow }>(
  'webhook-lock',
  `select ${webhookJson('h')} as row from webhook h where h.id = $1 for no key update`,
);

/** The webhook, kept as it is until the transaction ends; null where it is gone. Changes of reservations go on meanwhile. */
export async function lockWebhook(tx: Queryable, id: string): Promise<WebhookRow | null> {
  return (await tx.query(LOCK, [id]))[0]?.row ?? null;
}
