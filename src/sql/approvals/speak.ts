import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { MAILS, telling } from '../notifications/tell.js';
import { NOW, type ReservationRow, reservationJson } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import type { ApprovalWordKind } from './approval-row.js';

/** What somebody says about a reservation that waits, and what follows from it. */
export interface SpokenInput {
  readonly now: string | null;
  readonly reservationId: string;
  readonly actorId: string;
  readonly forId: string | null;
  readonly wordId: string;
  readonly kind: ApprovalWordKind;
  readonly words: string;
  /** Whether the step was the last one to approve. */
  readonly isLast: boolean;
  readonly auditId: string;
  readonly action: string;
  readonly source: Source;
}

/** A reservation after what was said, with everything whose availability may have changed. */
export interface Spoken {
  readonly row: ReservationRow;
  readonly resourceIds: readonly string[];
}

/**
 * One statement, behind the lock of approval-target. The last approval lets the reservation occupy for good, a
 * rejection frees it; claims and streams follow by the cascade. Its owner is told by the audit, who decides next here.
 */
const SPEAK = statement<Spoken>(
  'approval-speak',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now, ${MAILS(NOW)} as mails
  ), was as materialized (
    select a.step, a.steps, v.state, v.version, v.owner_id, v.creator_id
    from approval a join reservation v on v.id = a.reservation_id where a.reservation_id = $2::uuid
  ), moved as (
    update approval a set step = was.step + case when $6 = 'APPROVED' then 1 else 0 end, asked_back = $6 = 'ASKED_BACK',
      escalated = a.escalated and $6 <> 'APPROVED', escalate_at = case when $6 = 'APPROVED' then a.asked_at
        + (was.steps -> (was.step + 1) ->> 'escalateMs')::bigint * interval '1 ms' else a.escalate_at end
    from was where a.reservation_id = $2 returning a.step
  ), changed as (
    update reservation v set version = v.version + 1, updated_at = clock.now,
      state = case when $6 = 'REJECTED' then 'REJECTED' when $8::boolean then 'CONFIRMED' else v.state end,
      expires_at = case when $8 then null else v.expires_at end
    from clock where v.id = $2 returning v.*
  ), said as (
    insert into approval_word (id, reservation_id, step, user_id, for_id, kind, words, at)
    select $5, $2, was.step, $3::uuid, $4::uuid, $6, $7, clock.now from was, clock
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, source)
    select $9, clock.now, $3, $10, $2, jsonb_build_object('state', was.state, 'version', was.version, 'step', was.step),
      jsonb_build_object('state', c.state, 'version', c.version, 'step', moved.step, 'words', $7::text, 'forId', $4),
      ${fromSource('$11')}
    from was, changed c, moved, clock
  ), ${telling(`select clock.now as at, t.*
      from clock, was, people_told('answer', $3::uuid, $2::uuid, null,
        case when $6 = 'ANSWERED' then jsonb_build_object('words', $7::text) end, clock.mails,
        case when $6 = 'ANSWERED' then array(select w.user_id from approval_word w
          where w.reservation_id = $2 and w.kind = 'ASKED_BACK' and w.user_id <> $3)
        else array(select step_told(was.steps -> (was.step + 1), clock.now, array[was.owner_id, was.creator_id])) end,
        case when $6 = 'ANSWERED' then 'APPROVAL_ANSWERED' else 'APPROVAL_ASKED' end) t
      where $6 = 'ANSWERED' or ($6 = 'APPROVED' and not $8)`)}
  select ${reservationJson('changed', 'changed.updated_at')} as row,
    (select coalesce(json_agg(c.resource_id), '[]') from claim c where c.reservation_id = $2) as "resourceIds"
  from changed`,
);

/** Keeps what was said and does what follows from it. */
export async function speak(tx: Queryable, input: SpokenInput): Promise<Spoken> {
  const [spoken] = await tx.query(SPEAK, [
    input.now,
    input.reservationId,
    input.actorId,
    input.forId,
    input.wordId,
    input.kind,
    input.words,
    input.isLast,
    input.auditId,
    input.action,
    sourceJson(input.source),
  ]);
  return spoken as Spoken;
}
