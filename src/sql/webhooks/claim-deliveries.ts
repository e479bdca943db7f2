import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type DeliveryRow, deliveryJson, TEST_EVENT } from './delivery-row.js';

/** A delivery that this caller alone may send while its lease lasts. */
export interface ClaimedDelivery {
  readonly row: DeliveryRow;
  /** The token that settles it; it counts no more once another has taken over. */
  readonly lease: string;
  readonly url: string;
  readonly sealed: Buffer;
  /** The secret before, as long as it signs along. */
  readonly oldSealed: Buffer | null;
  /** When it is sent, in ms since 1970, by the clock that decides. */
  readonly sentAtMs: number;
}

/** SQL: a paused webhook is sent nothing but tests. */
const SENT = `(h.paused_at is null or d.event_type = '${TEST_EVENT}')`;

const DUE = statement<{ id: string }>(
  'webhooks-due',
  `select h.id from webhook h
   where exists (select from webhook_delivery d where d.webhook_id = h.id and d.next_at <= ${NOW} and ${SENT})`,
);

/** The webhooks for which something is due. */
export async function dueWebhooks(on: Queryable, now: string | null): Promise<string[]> {
  return (await on.query(DUE, [now])).map(({ id }) => id);
}

/**
 * The row lock gives each delivery to one of any number of sweepers, and lasts only for this statement: while it is
 * sent no connection is held. What keeps others away then is next_at, which stands at the end of the lease; a
 * sweeper that dies leaves a delivery that becomes due by itself.
 */
const CLAIM = statement<ClaimedDelivery>(
  'claim-deliveries',
  `with due as materialized (
    select d.id from webhook_delivery d join webhook h on h.id = d.webhook_id
    where d.webhook_id = $2 and d.next_at <= ${NOW} and ${SENT}
    order by d.next_at limit $3 for update of d skip locked
  ), taken as (
    update webhook_delivery d set lease = gen_random_uuid(), next_at = ${NOW} + $4 * interval '1 ms'
    from due where d.id = due.id returning d.*
  )
  select ${deliveryJson('t')} as row, t.lease, h.url, h.secret_sealed as sealed,
    case when h.old_secret_until > ${NOW} then h.old_secret_sealed end as "oldSealed",
    (extract(epoch from ${NOW}) * 1000)::float8 as "sentAtMs"
  from taken t join webhook h on h.id = t.webhook_id`,
);

/** Claims up to `limit` due deliveries of the webhook for `leaseMs`, the longest due first. */
export const claimDeliveries = (
  on: Queryable,
  now: string | null,
  webhookId: string,
  limit: number,
  leaseMs: number,
): Promise<ClaimedDelivery[]> => on.query(CLAIM, [now, webhookId, limit, leaseMs]);
