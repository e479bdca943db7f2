import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type SeriesRow, seriesJson } from './series-row.js';

/** What a series says from now on. */
export type SeriesChange = Pick<
  SeriesRow,
  | 'id'
  | 'title'
  | 'details'
  | 'rrule'
  | 'exdates'
  | 'rdates'
  | 'startsLocal'
  | 'endsLocal'
  | 'resources'
  | 'version'
> & {
  readonly isCancelled: boolean;
};

const UPDATE = statement<{ row: SeriesRow }>(
  'series-update',
  `with before as materialized (
    select * from series where id = $2::uuid and version = $3 and cancelled_at is null for update
  ), changed as (
    update series s set title = $4, details = $5, rrule = $6, exdates = $7::text[], rdates = $8::text[],
      starts_local = $9, ends_local = $10, resources = $11::jsonb, version = s.version + 1, updated_at = clock.at,
      cancelled_at = case when $12::boolean then clock.at end
    from before, date_trunc('milliseconds', ${NOW}) as clock (at) where s.id = before.id
    returning s.*
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, act_id)
    select $13::uuid, c.updated_at, $14::uuid, case when $12 then 'series.cancel' else 'series.update' end, c.id,
      to_jsonb(b), to_jsonb(c), $15, $13
    from before b, changed c
  )
  select ${seriesJson('changed')} as row from changed`,
);

/** Writes the change and its audit entry, the first of the act, and keeps the series locked; null where it is no longer at that version. */
export async function updateSeries(
  tx: Queryable,
  now: string | null,
  change: SeriesChange,
  by: { readonly auditId: string; readonly actorId: string | null; readonly requestId: string },
): Promise<SeriesRow | null> {
  const [changed] = await tx.query(UPDATE, [
    now,
    change.id,
    change.version,
    change.title,
    change.details,
    change.rrule,
    change.exdates,
    change.rdates,
    change.startsLocal,
    change.endsLocal,
    JSON.stringify(change.resources),
    change.isCancelled,
    by.auditId,
    by.actorId,
    by.requestId,
  ]);
  return changed?.row ?? null;
}
