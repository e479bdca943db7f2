import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const REMIND = statement<{ id: string }>(
  'approvals-remind',
  `with due as materialized (
    select a.reservation_id, v.title, v.owner_id, v.creator_id, a.steps -> a.step as step, v.state, v.expires_at
    from approval a join reservation v on v.id = a.reservation_id
    where a.remind_at <= ${NOW} order by a.remind_at limit $2::integer for update of a skip locked
  ), reminded as (
    update approval a set remind_at = null from due where a.reservation_id = due.reservation_id
  )
  insert into notification (id, user_id, kind, reservation_id, message, created_at)
  select uuid_at(${NOW}), d.id, 'APPROVAL_REMINDED', due.reservation_id,
    '“' || due.title || '” still waits for your decision.', date_trunc('milliseconds', ${NOW})
  from due, step_told(due.step, ${NOW}, array[due.owner_id, due.creator_id]) as d (id)
  where due.state = 'PENDING_APPROVAL' and due.expires_at > ${NOW}
  returning reservation_id as id`,
);

const ESCALATE = statement<{ id: string }>(
  'approvals-escalate',
  `with due as materialized (
    select a.reservation_id, v.title, v.owner_id, v.creator_id, a.escalation, v.state, v.expires_at
    from approval a join reservation v on v.id = a.reservation_id
    where a.escalate_at <= ${NOW} and not a.escalated order by a.escalate_at limit $2::integer
    for update of a skip locked
  ), escalated as (
    update approval a set escalated = true from due where a.reservation_id = due.reservation_id
  )
  insert into notification (id, user_id, kind, reservation_id, message, created_at)
  select uuid_at(${NOW}), d.id, 'APPROVAL_ESCALATED', due.reservation_id,
    'Nobody has decided about “' || due.title || '”: you can now.', date_trunc('milliseconds', ${NOW})
  from due, step_told(due.escalation, ${NOW}, array[due.owner_id, due.creator_id]) as d (id)
  where due.state = 'PENDING_APPROVAL' and due.expires_at > ${NOW}
  returning reservation_id as id`,
);

/** Reminds whoever still has to decide, once for each request; each by exactly one of any number of callers. */
export const remindApprovers = (on: Queryable, now: string | null, limit: number) =>
  on.query(REMIND, [now, limit]);

/** Tells those of the escalation, by the clock in power already, that they may decide; once for each request. */
export const announceEscalations = (on: Queryable, now: string | null, limit: number) =>
  on.query(ESCALATE, [now, limit]);
