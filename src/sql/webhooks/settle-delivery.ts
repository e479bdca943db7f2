import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { TEST_EVENT } from './delivery-row.js';

/** How one attempt has ended. */
export interface Attempt {
  readonly id: string;
  readonly lease: string;
  readonly delivered: boolean;
  readonly status: number | null;
  readonly error: string | null;
  readonly response: string | null;
  /** How long to wait after the first failure, the second …; behind the last one it is given up. */
  readonly waitsMs: readonly number[];
  /** Whether the receiver wants no more of anything. */
  readonly gone: boolean;
  readonly auditId: string;
  readonly source: Source;
}

/** What has become of it; `paused` where this attempt has paused the webhook. */
export interface Settled {
  readonly webhookId: string;
  readonly nextAt: string | null;
  readonly paused: string | null;
}

/**
 * The lease is the fencing token: who has been overtaken changes nothing. A webhook is paused when a delivery is
 * given up and nothing else has come through meanwhile, so that one event that its receiver cannot digest does not
 * silence the others. Tests are tried once and say nothing about the webhook. Where it counts, the webhook is locked
 * before the delivery, as by a removal: the other way round each waited for the other.
 */
const SETTLE = statement<Settled>(
  'settle-delivery',
  `with held as materialized (
    select h.id, h.paused_at, h.failures
    from webhook_delivery d join webhook h on h.id = d.webhook_id
    where d.id = $2 and d.event_type <> '${TEST_EVENT}' and not ($4::boolean and h.failures = 0)
    for no key update of h
  ), settled as (
    update webhook_delivery d set lease = null, attempts = d.attempts + 1, last_at = date_trunc('milliseconds', ${NOW}),
      last_status = $5, last_error = $6, response = $7,
      delivered_at = case when $4 then date_trunc('milliseconds', ${NOW}) end,
      next_at = case when not ($4 or $9::boolean or d.event_type = '${TEST_EVENT}')
        then ${NOW} + ($8::bigint[])[d.attempts + 1] * interval '1 ms' end
    where d.id = $2 and d.lease = $3::uuid and (select count(*) from held) >= 0
    returning d.*
  ), judged as (
    select h.id, h.paused_at, case when $4 then 0 else h.failures + 1 end as failures, case
      when $4 or s.next_at is not null or h.paused_at is not null then null
      when $9 then 'The receiver answered 410: it wants no more.'
      when h.failures + 1 >= s.attempts then concat('Given up after ', s.attempts, ' attempts: ', s.last_error) end as reason
    from settled s join held h on h.id = s.webhook_id
  ), counted as (
    update webhook h set failures = j.failures, pause_reason = coalesce(j.reason, h.pause_reason),
      paused_at = case when j.reason is null then h.paused_at else date_trunc('milliseconds', ${NOW}) end,
      version = h.version + case when j.reason is null then 0 else 1 end
    from judged j where h.id = j.id
    returning h.id, j.reason
  ), noted as (
    insert into audit (id, at, action, subject_id, after, request_id, source)
    select $10, ${NOW}, 'webhook.pause', c.id, jsonb_build_object('reason', c.reason), ${fromSource('$11')}
    from counted c where c.reason is not null
  )
  select s.webhook_id as "webhookId", s.next_at as "nextAt", c.reason as paused
  from settled s left join counted c on true`,
);

/** Writes down how the attempt has ended; null where its lease had passed to another. */
export async function settleDelivery(
  on: Queryable,
  now: string | null,
  attempt: Attempt,
): Promise<Settled | null> {
  const [settled] = await on.query(SETTLE, [
    now,
    attempt.id,
    attempt.lease,
    attempt.delivered,
    attempt.status,
    attempt.error,
    attempt.response,
    attempt.waitsMs,
    attempt.gone,
    attempt.auditId,
    sourceJson(attempt.source),
  ]);
  return settled ?? null;
}
