import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type DeliveryRow, deliveryJson, TEST_EVENT } from './delivery-row.js';

const TEST = statement<{ row: DeliveryRow }>(
  'delivery-test',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), made as (
    insert into webhook_delivery (id, webhook_id, event_type, event, created_at, next_at)
    select $2, $3, '${TEST_EVENT}', '{}', now, now from clock returning *
  )
  select ${deliveryJson('made')} as row from made`,
);

/** Writes a test, due at once. */
export async function insertTest(
  tx: Queryable,
  now: string | null,
  id: string,
  webhookId: string,
): Promise<DeliveryRow> {
  const [made] = await tx.query(TEST, [now, id, webhookId]);
  return (made as { row: DeliveryRow }).row;
}

/** One that is being sent this moment stays with who sends it. */
const REPLAY = statement<{ row: DeliveryRow }>(
  'delivery-replay',
  `with replayed as (
    update webhook_delivery d set attempts = 0, lease = null, delivered_at = null,
      next_at = date_trunc('milliseconds', ${NOW})
    where d.id = $2 and (d.lease is null or d.next_at <= ${NOW}) returning *
  )
  select ${deliveryJson('replayed')} as row from replayed`,
);

/** Makes the delivery due now, with all its attempts before it; null where it is gone or being sent this moment. */
export async function replayDelivery(
  tx: Queryable,
  now: string | null,
  id: string,
): Promise<DeliveryRow | null> {
  return (await tx.query(REPLAY, [now, id]))[0]?.row ?? null;
}

const PRUNE = statement<{ pruned: number }>(
  'prune-deliveries',
  `with old as materialized (
    select d.id from webhook_delivery d join webhook h on h.id = d.webhook_id
    where d.created_at < ${NOW} - $2 * interval '1 day' and (d.next_at is null or h.paused_at is not null)
    order by d.created_at limit $3::integer for update of d skip locked
  ), gone as (
    delete from webhook_delivery d using old where d.id = old.id returning 1
  )
  select count(*)::integer as pruned from gone`,
);

/** Removes up to `limit` deliveries older than so many days that nobody is going to send; returns how many. */
export async function pruneDeliveries(
  on: Queryable,
  now: string | null,
  historyDays: number,
  limit: number,
): Promise<number> {
  return (await on.query(PRUNE, [now, historyDays, limit]))[0]?.pruned ?? 0;
}
