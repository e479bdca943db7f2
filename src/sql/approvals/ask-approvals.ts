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
  /** What approvers are told. */
  readonly message: string;
}

const ASK = statement<never>(
  'ask-approvals',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), given as materialized (
    select * from jsonb_to_recordset($2::jsonb) as g ("reservationId" uuid, steps jsonb, "remindMs" bigint,
      "escalateMs" bigint, escalation jsonb, message text)
  ), asked as (
    insert into approval (reservation_id, steps, remind_at, escalate_at, escalation)
    select g."reservationId", g.steps, clock.now + g."remindMs" * interval '1 ms',
      clock.now + g."escalateMs" * interval '1 ms', nullif(g.escalation, 'null'::jsonb)
    from given g, clock
  )
  insert into notification (id, user_id, kind, reservation_id, message, created_at)
  select uuid_at(clock.now), told.id, 'APPROVAL_ASKED', v.id, g.message, clock.now
  from given g join reservation v on v.id = g."reservationId", clock,
    step_told(g.steps -> 0, clock.now, array[v.owner_id, v.creator_id]) as told (id)`,
);

/** Writes who must decide about reservations that were just made, and tells those of the first step. */
export async function askApprovals(
  tx: Queryable,
  now: string | null,
  asked: readonly AskInput[],
): Promise<void> {
  if (asked.length > 0) await tx.query(ASK, [now, JSON.stringify(asked)]);
}
