import { belongsTo } from '../reservations/belongs-to.js';
import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { isSeen, roleOf } from '../reservations/seen-by.js';
import { type Queryable, statement } from '../statement.js';
import { type ApprovalRow, approvalJson } from './approval-row.js';

/** A reservation that somebody is about to decide about. */
export interface ApprovalTarget {
  readonly row: ReservationRow;
  readonly approval: ApprovalRow;
  /** Where the actor decides at the present step: for whom, null for themselves; else null. */
  readonly standing: { readonly forId: string | null } | null;
  readonly isSeen: boolean;
  /** Whether the actor has it, has made it or acts for who has it. */
  readonly isTheirs: boolean;
  /** Whether the actor was among those asked at a step that is decided by now. */
  readonly wasAsked: boolean;
}

/** Before anything of the approval is read: what was read while waiting for this lock would be old. */
const LOCK = statement<never>('approval-lock', 'select from reservation where id = $1::uuid for update');

const deciding = (step: string, rank: number): string => `
  select p as for_id, ${rank} as rank from step_all(${step}, '{}') p where p = $3::uuid
  union all select d.user_id, ${rank + 1} from step_all(${step}, array[v.owner_id, v.creator_id]) p
    join deputy d on d.user_id = p
    where d.deputy_id = $3::uuid and d.from_at <= ${NOW} and (d.until_at is null or d.until_at > ${NOW})`;

const TARGET = statement<ApprovalTarget>(
  'approval-target',
  `select ${reservationJson('v', NOW)} as row, ${approvalJson('a')} as approval,
    ${isSeen('v', '$3::uuid', roleOf('$3::uuid'), NOW)} as "isSeen",
    ${belongsTo('v', '$3::uuid', NOW)} as "isTheirs",
    (select json_build_object('forId', nullif(w.for_id, $3::uuid)) from (
      ${deciding('a.steps -> a.step', 0)}
      union all select * from (${deciding("a.steps -> a.step -> 'escalation'", 2)}) e where a.escalate_at <= ${NOW}
    ) w order by w.rank, w.for_id limit 1) as standing,
    exists (select from generate_series(0, a.step - 1) i, step_deciders(a.steps -> i, ${NOW}, '{}') d
      where d = $3::uuid) as "wasAsked"
  from reservation v join approval a on a.reservation_id = v.id where v.id = $2::uuid`,
);

/**
 * The reservation with its approval as it stands for the actor, locked until commit, so that two who decide at the
 * same instant are judged one after the other; null where nobody was asked.
 */
export async function approvalTarget(
  tx: Queryable,
  now: string | null,
  id: string,
  actorId: string,
): Promise<ApprovalTarget | null> {
  await tx.query(LOCK, [id]);
  return (await tx.query(TARGET, [now, id, actorId]))[0] ?? null;
}
