import { NOW, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type ApprovalTarget, approvalJson } from './approval-row.js';

const deciding = (step: string, rank: number): string => `
  select p as for_id, ${rank} as rank from step_all(${step}) p where p = $3::uuid
  union all select d.user_id, ${rank + 1} from step_all(${step}) p join deputy d on d.user_id = p
    where d.deputy_id = $3::uuid and d.from_at <= ${NOW} and (d.until_at is null or d.until_at > ${NOW})`;

/** The row lock makes two who decide at the same instant judge one after the other. */
const TARGET = statement<ApprovalTarget>(
  'approval-target',
  `select ${reservationJson('v', NOW)} as row, ${approvalJson('a')} as approval,
    (select json_build_object('forId', nullif(w.for_id, $3::uuid)) from (
      ${deciding('a.steps -> a.step', 0)}
      union all select * from (${deciding('a.escalation', 2)}) e where a.escalate_at <= ${NOW}
    ) w order by w.rank, w.for_id limit 1) as standing,
    exists (select from generate_series(0, a.step - 1) i, step_deciders(a.steps -> i, ${NOW}, '{}') d
      where d = $3::uuid) as "wasAsked"
  from reservation v join approval a on a.reservation_id = v.id
  where v.id = $2::uuid for update of v`,
);

/** The reservation with its approval as it stands for the actor, locked until commit; null where nobody was asked. */
export const approvalTarget = async (
  tx: Queryable,
  now: string | null,
  id: string,
  actorId: string,
): Promise<ApprovalTarget | null> => (await tx.query(TARGET, [now, id, actorId]))[0] ?? null;
