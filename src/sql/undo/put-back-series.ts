import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** What an undo writes down beside what it changes. */
export interface UndoneBy {
  readonly actId: string;
  readonly actorId: string;
  readonly source: Source;
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
    insert into audit (id, at, actor_id, action, subject_id, before, after, request_id, source, undoes)
    select uuid_at(b.updated_at), b.updated_at, $5::uuid, 'series.update', b.id, to_jsonb(t), to_jsonb(b),
      ${fromSource('$6')}, $7::uuid
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
  { actorId, source, actId }: UndoneBy,
): Promise<boolean> {
  const values = [now, id, version, JSON.stringify(former), actorId, sourceJson(source), actId];
  return (await tx.query(PUT_BACK, values)).length > 0;
}

/** What a reservation belongs to: as an occurrence to its series, or to the closing that has cancelled it. What is missing is left. */
export interface Belonging {
  readonly id: string;
  readonly seriesId?: string;
  readonly occurrence?: string;
  readonly closingId?: string;
  readonly closureId?: string | null;
}

const RELINK = statement<never>(
  'put-back-belongings',
  `update reservation r set series_id = coalesce(b."seriesId", r.series_id),
     occurrence = coalesce(b.occurrence, r.occurrence), closing_id = coalesce(g.id, r.closing_id),
     closure_id = coalesce(c.id, r.closure_id)
   from jsonb_to_recordset($1::jsonb)
     as b (id uuid, "seriesId" uuid, occurrence text, "closingId" uuid, "closureId" uuid)
   left join closing g on g.id = b."closingId" and g.undone_at is null
   left join closure c on c.id = b."closureId"
   where r.id = b.id`,
);

/** Gives reservations of which only that has changed back to their series or closing; not to a closing undone since. */
export async function putBackBelongings(tx: Queryable, belongings: readonly Belonging[]): Promise<void> {
  await tx.query(RELINK, [JSON.stringify(belongings)]);
}

const REMOVE = statement<{ id: string }>(
  'remove-begun-series',
  `with gone as (
    delete from series where id = $2::uuid and version = $3 returning *
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, before, request_id, source, undoes)
    select uuid_at(${NOW}), ${NOW}, $4::uuid, 'series.remove', gone.id, to_jsonb(gone),
      ${fromSource('$5')}, $6::uuid
    from gone
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
  { actorId, source, actId }: UndoneBy,
): Promise<boolean> {
  return (await tx.query(REMOVE, [now, id, version, actorId, sourceJson(source), actId])).length > 0;
}
