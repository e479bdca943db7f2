import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { LAST_CLOSING } from '../closures/last-closing.js';
import { looksAfter } from '../resources/care.js';
import { BOOK_VERSION } from '../rules/read-rule-book.js';
import { type Queryable, statement } from '../statement.js';
import { isWaitedFor } from '../waitlist/due.js';
import { belongsTo } from './belongs-to.js';
import {
  claimsOf,
  isDead,
  NOW,
  type ReservationRow,
  type ReservationState,
  reservationJson,
  type Visibility,
} from './reservation-json.js';
import type { IdempotencyKey } from './reserve.js';

/** One change of a reservation that leaves its window alone. */
export interface ChangeInput {
  readonly now: string | null;
  readonly id: string;
  readonly actorId: string;
  /** Whether the actor may change every reservation; otherwise own ones and those on resources in their care. */
  readonly mayChangeAll: boolean;
  readonly from: readonly ReservationState[];
  readonly to: ReservationState | null;
  readonly title: string | null;
  readonly details: string | null;
  readonly visibility?: Visibility | null;
  readonly expectedVersion: number | null;
  readonly action: string;
  readonly auditId: string;
  readonly source: Source;
  readonly key: IdempotencyKey | null;
  /** Of what becomes a request: how long it waits for a decision, in ms, but not beyond its start; else null. */
  readonly askMs: number | null;
  /** The version of the rule book that has a say; null: it has none. */
  readonly judgedBy: number | null;
  /** Whether the transaction passes on what a cancellation frees; without that nothing is cancelled that somebody waits for. */
  readonly passesOn: boolean;
}

/** SQL: whether user `actor` may change reservation `r`, at the instant of the statement. */
export const mayChange = (r: string, actor: string, mayChangeAll: string): string => `(${mayChangeAll}
  or ${belongsTo(r, actor, NOW)} or exists (
    select from claim c where c.reservation_id = ${r}.id and c.kind = 'OWN' and ${looksAfter('c.resource_id', actor)}))`;

/** A reservation after its change. */
export interface ChangedReservation {
  readonly row: ReservationRow;
  /** Everything that it has claims on: what was asked for, parts and wholes. */
  readonly touched: readonly string[];
}

/** SQL: a cancellation is an act that can be undone; it is named as its entry in the audit. */
const ACT = `, 'act', case when $6 = 'CANCELLED' then json_build_object('node', 'Act', 'id', $11::uuid,
    'doneAt', changed.updated_at, 'undoneAt', null) end`;

/**
 * One round trip. The row lock makes two changes at the same instant judge one after the other: the second
 * finds state and version as the first has left them. A hold that the clock has killed matches no state.
 */
const CHANGE = statement<ChangedReservation>(
  'change-reservation',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
  ), target as materialized (
    select r.* from reservation r
    where r.id = $2::uuid and r.state = any ($5::text[])
      and not ${isDead('r', NOW)}
      and ($9::integer is null or r.version = $9)
      and ($17::bigint is null or $17 = ${BOOK_VERSION})
      and ${mayChange('r', '$3::uuid', '$4::boolean')}
      and ($6 is distinct from 'CANCELLED' or $18::boolean or not ${isWaitedFor('r')})
    for update
  ), changed as (
    update reservation r set state = coalesce($6::text, r.state), title = coalesce($7, r.title),
      details = coalesce($8, r.details), visibility = coalesce($19, r.visibility), version = r.version + 1, updated_at = clock.now,
      expires_at = case when $6 = 'CONFIRMED' then null else coalesce(case
        when $16::bigint is not null then least(clock.now + $16 * interval '1 ms',
          case when r.starts_at > clock.now then r.starts_at else r.ends_at end) end, r.expires_at) end,
      detached = r.series_id is not null
    from target, clock where r.id = target.id
    returning r.*
  ), shown as (
    select ${reservationJson('changed', 'changed.updated_at', claimsOf('changed'), ACT)} as row from changed
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, source, act_id)
    select $11, clock.now, $3, $10, $2,
      jsonb_build_object('state', t.state, 'title', t.title, 'details', t.details, 'visibility', t.visibility, 'version', t.version,
        'detached', t.detached, 'lastClosing', ${LAST_CLOSING}),
      jsonb_build_object('state', c.state, 'title', c.title, 'details', c.details, 'visibility', c.visibility,
        'version', c.version),
      ${fromSource('$12')},
      case when $6 = 'CANCELLED' then $11::uuid end
    from target t, changed c, clock
  ), kept as (
    insert into idempotency (actor_id, operation, key, payload_hash, answer, at)
    select $3, $13, $14, $15, shown.row::jsonb, clock.now from shown, clock where $14::text is not null
  )
  select row, (select json_agg(c.resource_id) from claim c where c.reservation_id = $2) as touched from shown`,
);

/** Makes the change and returns the reservation as it is then; null where state, version, right or somebody who waits forbid it. */
export async function changeReservation(
  on: Queryable,
  input: ChangeInput,
): Promise<ChangedReservation | null> {
  const [changed] = await on.query(CHANGE, [
    input.now,
    input.id,
    input.actorId,
    input.mayChangeAll,
    input.from,
    input.to,
    input.title,
    input.details,
    input.expectedVersion,
    input.action,
    input.auditId,
    sourceJson(input.source),
    input.key?.operation ?? null,
    input.key?.key ?? null,
    input.key?.payloadHash ?? null,
    input.askMs,
    input.judgedBy,
    input.passesOn,
    input.visibility ?? null,
  ]);
  return changed ?? null;
}
