import { MAILS, telling } from '../notifications/tell.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/**
 * SQL: tells of the requests that are due, each once: the row lock gives it to one of any number of callers. What waits
 * no longer is done with only when it cannot come back by an undo.
 */
const announce = (
  due: string,
  step: string,
  done: string,
  kind: string,
): string => `with clock as materialized (
    select date_trunc('milliseconds', ${NOW}) as now, ${MAILS(NOW)} as mails
  ), due as materialized (
    select a.reservation_id, v.owner_id, v.creator_id, ${step} as step, v.state, v.expires_at
    from approval a join reservation v on v.id = a.reservation_id
    where ${due} and (v.state = 'PENDING_APPROVAL' or v.updated_at < ${NOW} - interval '11 minutes')
    order by a.reservation_id limit $2::integer for update of v, a skip locked
  ), announced as (
    update approval a set ${done} from due where a.reservation_id = due.reservation_id returning a.reservation_id
  ), ${telling(`select clock.now as at, t.*
      from due, clock, people_told('ask', null, due.reservation_id, null, null, clock.mails,
        array(select step_told(due.step, clock.now, array[due.owner_id, due.creator_id])), '${kind}') t
      where due.state = 'PENDING_APPROVAL' and due.expires_at > clock.now`)}
  select reservation_id as id from announced`;

const REMIND = statement<{ id: string }>(
  'approvals-remind',
  announce(`a.remind_at <= ${NOW}`, 'a.steps -> a.step', 'remind_at = null', 'APPROVAL_REMINDED'),
);

const ESCALATE = statement<{ id: string }>(
  'approvals-escalate',
  announce(
    `a.escalate_at <= ${NOW} and not a.escalated`,
    `a.steps -> a.step -> 'escalation'`,
    'escalated = true',
    'APPROVAL_ESCALATED',
  ),
);

/** Reminds whoever still has to decide, once for each request; each by exactly one of any number of callers. */
export const remindApprovers = (on: Queryable, now: string | null, limit: number) =>
  on.query(REMIND, [now, limit]);

/** Tells those of the escalation, by the clock in power already, that they may decide; once for each request. */
export const announceEscalations = (on: Queryable, now: string | null, limit: number) =>
  on.query(ESCALATE, [now, limit]);
