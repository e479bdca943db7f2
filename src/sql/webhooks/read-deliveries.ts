import { type Queryable, statement } from '../statement.js';
import { type DeliveryRow, deliveryJson } from './delivery-row.js';

/** PENDING: to be tried, again or for the first time. FAILED: given up. */
export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'FAILED';

const BY_IDS = statement<{ row: DeliveryRow }>(
  'deliveries-by-ids',
  `select ${deliveryJson('d')} as row from webhook_delivery d where d.id = any ($1::uuid[])`,
);

/** The deliveries by id; those that do not exist are missing from the map. */
export async function deliveriesByIds(
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, DeliveryRow>> {
  const rows = await on.query(BY_IDS, [ids]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

const PAGE = statement<{ row: DeliveryRow }>(
  'deliveries-page',
  `select ${deliveryJson('d')} as row from webhook_delivery d
   where d.webhook_id = $1 and ($2::uuid is null or d.id < $2) and ($3::text is null or $3 =
     case when d.next_at is not null then 'PENDING' when d.delivered_at is null then 'FAILED' else 'DELIVERED' end)
   order by d.id desc limit $4`,
);

/**
 * Up to `limit` deliveries of a webhook, the newest first.
 * @param after the last id of the page before
 */
export async function deliveryPage(
  on: Queryable,
  webhookId: string,
  after: string | null,
  status: DeliveryStatus | null,
  limit: number,
): Promise<DeliveryRow[]> {
  return (await on.query(PAGE, [webhookId, after, status, limit])).map(({ row }) => row);
}
