import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** What an undo writes down beside what it changes. */
export interface UndoneBy {
  readonly actId: string;
  readonly actorId: string;
  readonly requestId: string;
}

const PUT_BACK = statement<{ id: string }>(
  'put-back-series',
  `with target as materialized (
    select * from series where id = $2::uuid and version = $3 for update
  ), back as (
    update series s set title = f.title, details = f.details,
      visibility = coalesce(f.visibility, s.visibility), rrule = f.rrule, exdates = f.exdates, rdates = f.rdates,
      starts_local = f.starts_local, ends_local = f.ends_local, resources = f.resources, cancelled_at = f.cancelled_at,
      version = s.version + 1, updated_at = date_trunc('milliseconds', ${NOW})
    from target, jsonb_populate_record(null::series, $4::jsonb) f where s.id = target.id
    returning s.*
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, undoes)
    select uuid_at(b.updated_at), b.updated_at, $5::uuid, 'series.update', b.id, to_jsonb(t), to_jsonb(b), $6, $7::uuid
    from target t, back b
  )
  select id from back`,
);

/**
 * Lets the series say again what it said, and keeps it locked.
 * @param former the row as the audit shows it
 * @returns false where it is no longer at that version
 */
export async function putBackSeries(
  tx: Queryable,
  now: string | null,
  { id, version, former }: { readonly id: string; readonly version: number; readonly former: object },
  { actorId, requestId, actId }: UndoneBy,
): Promise<boolean> {
  const values = [now, id, version, JSON.stringify(former), actorId, requestId, actId];
  return (await tx.query(PUT_BACK, values)).length > 0;
}

/** Which series a reservation belongs to, and as which occurrence. */
export interface SeriesKey {
  readonly id: string;
  readonly seriesId: string;
  readonly occurrence: string;
}

const RELINK = statement<never>(
  'put-back-keys',
  `update reservation r set series_id = k."seriesId", occurrence = k.occurrence
   from jsonb_to_recordset($1::jsonb) as k (id uuid, "seriesId" uuid, occurrence text) where r.id = k.id`,
);

/** Gives reservations that have only changed their series back to it, as the occurrences that they were. */
export async function putBackKeys(tx: Queryable, keys: readonly SeriesKey[]): Promise<void> {
  await tx.query(RELINK, [JSON.stringify(keys)]);
}

const REMOVE = statement<{ id: string }>(
  'remove-begun-series',
  `with gone as (
    delete from series where id = $2::uuid and version = $3 returning *
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, request_id, undoes)
    select uuid_at(${NOW}), ${NOW}, $4::uuid, 'series.remove', gone.id, to_jsonb(gone), $5, $6::uuid from gone
  )
  select id from gone`,
);

/**
 * Removes a series that began where another one was split, once nothing belongs to it any more.
 * @returns false where it is no longer at that version
 */
export async function removeBegunSeries(
  tx: Queryable,
  now: string | null,
  { id, version }: { readonly id: string; readonly version: number },
  { actorId, requestId, actId }: UndoneBy,
): Promise<boolean> {
  return (await tx.query(REMOVE, [now, id, version, actorId, requestId, actId])).length > 0;
}
