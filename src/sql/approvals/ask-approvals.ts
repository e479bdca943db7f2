import { MAILS, telling } from '../notifications/tell.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { ApprovalStep } from './approval-row.js';

/** One reservation about which somebody must decide. */
export interface AskInput {
  readonly reservationId: string;
  readonly steps: readonly ApprovalStep[];
  /** From now on, in ms; null: nobody is reminded. */
  readonly remindMs: number | null;
}

const ASK = statement<never>(
  'ask-approvals',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now, ${MAILS(NOW)} as mails
  ), given as materialized (
    select * from jsonb_to_recordset($2::jsonb) as g ("reservationId" uuid, steps jsonb, "remindMs" bigint)
  ), asked as (
    insert into approval (reservation_id, steps, asked_at, remind_at, escalate_at)
    select g."reservationId", g.steps, clock.now, clock.now + g."remindMs" * interval '1 ms',
      clock.now + (g.steps -> 0 ->> 'escalateMs')::bigint * interval '1 ms'
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
