import { fromSource, type Source, sourceJson } from '../audit/source.js';
import { NOW, type Visibility } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type SeriesResource, type SeriesRow, seriesJson } from './series-row.js';

/** Everything that a new series says. */
export interface SeriesInput {
  readonly id: string;
  readonly title: string;
  readonly details: string;
  readonly ownerId: string;
  readonly creatorId: string;
  readonly visibility: Visibility;
  readonly rrule: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly timeZone: string;
  readonly resources: readonly SeriesResource[];
  readonly previousId: string | null;
}

const INSERT = statement<{ row: SeriesRow }>(
  'series-insert',
  `with made as (
    insert into series (id, title, details, owner_id, creator_id, rrule, exdates, rdates, starts_local, ends_local,
      time_zone, resources, previous_id, visibility, created_at, updated_at)
    select $2::uuid, $3, $4, $5::uuid, $6::uuid, $7, $8::text[], $9::text[], $10, $11, $12, $13::jsonb, $14::uuid, $19, at, at
    from date_trunc('milliseconds', ${NOW}) as at
    returning *
  ), noted as (
    insert into audit (id, at, actor_id, action, subject_id, after, request_id, source, act_id)
    select $15::uuid, made.created_at, $16::uuid, 'series.create', made.id, to_jsonb(made), ${fromSource('$17')}, $18::uuid
    from made
  )
  select ${seriesJson('made')} as row from made`,
);

/** Writes the series and its audit entry; the reservations come after it, in the same transaction. */
export async function insertSeries(
  tx: Queryable,
  now: string | null,
  series: SeriesInput,
  by: {
    readonly auditId: string;
    readonly actorId: string;
    readonly source: Source;
    /** The act that it is part of, where that can be undone. */
    readonly actId?: string;
  },
): Promise<SeriesRow> {
  const [made] = await tx.query(INSERT, [
    now,
    series.id,
    series.title,
    series.details,
    series.ownerId,
    series.creatorId,
    series.rrule,
    series.exdates,
    series.rdates,
    series.startsLocal,
    series.endsLocal,
    series.timeZone,
    JSON.stringify(series.resources),
    series.previousId,
    by.auditId,
    by.actorId,
    sourceJson(by.source),
    by.actId ?? null,
    series.visibility,
  ]);
  return (made as { row: SeriesRow }).row;
}
