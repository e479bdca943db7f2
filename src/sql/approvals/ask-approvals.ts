import { MAILS, telling } from '../notifications/tell.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { ApprovalStep } from './approval-row.js';

/** One reservation about which somebody must decide. */
export interface AskInput {
  readonly reservationId: string;
  readonly steps: readonly ApprovalStep[];
  /** From now on, in ms. */
  readonly remindMs: number | null;
  readonly escalateMs: number | null;
  readonly escalation: ApprovalStep | null;
}

const ASK = statement<never>(
  'ask-approvals',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now, ${MAILS(NOW)} as mails
  ), given as materialized (
    select * from jsonb_to_recordset($2::jsonb) as g ("reservationId" uuid, steps jsonb, "remindMs" bigint,
      "escalateMs" bigint, escalation jsonb)
  ), asked as (
    insert into approval (reservation_id, steps, remind_at, escalate_at, escalation)
    select g."reservationId", g.steps, clock.now + g."remindMs" * interval '1 ms',
      clock.now + g."escalateMs" * interval '1 ms', nullif(g.escalation, 'null'::jsonb)
    from given g, clock
  ), ${telling(`select clock.now as at, t.*
      from given g join reservation v on v.id = g."reservationId", clock,
        people_told('ask', v.creator_id, v.id, null, null, clock.mails,
          array(select step_told(g.steps -> 0, clock.now, array[v.owner_id, v.creator_id])), 'APPROVAL_ASKED') t`)}
  select 1 from clock`,
);

/** Writes who must decide about reservations that were just made, and tells those of the first step. */
export async function askApprovals(
  tx: Queryable,
  now: string | null,
  asked: readonly AskInput[],
): Promise<void> {
  if (asked.length > 0) await tx.query(ASK, [now, JSON.stringify(asked)]);
}
