import {
  NOW,
  type ReservationRow,
  reservationJson,
  type Visibility,
} from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** What one reservation of a series becomes, beside its place. */
export interface OccurrenceEdit {
  readonly id: string;
  readonly seriesId: string;
  readonly occurrence: string;
  readonly title: string;
  readonly details: string;
  readonly visibility: Visibility;
  readonly detached: boolean;
  /** Whether this is a change of its own, which counts up the version; a new key of the series is none. */
  readonly counts: boolean;
}

const EDIT = statement<{ row: ReservationRow }>(
  'edit-occurrences',
  `with edited as (
    update reservation r set series_id = e.series_id, occurrence = e.occurrence, title = e.title,
      details = e.details, visibility = e.visibility, detached = e.detached,
      version = r.version + case when e.counts then 1 else 0 end,
      updated_at = case when e.counts then date_trunc('milliseconds', ${NOW}) else r.updated_at end
    from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::boolean[],
      $9::text[]) as e (id, series_id, occurrence, title, details, detached, counts, visibility)
    where r.id = e.id returning r.*
  )
  select ${reservationJson('edited', NOW)} as row from edited order by starts_at, id`,
);

/** Makes all edits in one statement and returns the reservations by start. The caller has locked them. */
export async function editOccurrences(
  tx: Queryable,
  now: string | null,
  edits: readonly OccurrenceEdit[],
): Promise<ReservationRow[]> {
  const rows = await tx.query(EDIT, [
    now,
    edits.map(({ id }) => id),
    edits.map(({ seriesId }) => seriesId),
    edits.map(({ occurrence }) => occurrence),
    edits.map(({ title }) => title),
    edits.map(({ details }) => details),
    edits.map(({ detached }) => detached),
    edits.map(({ counts }) => counts),
    edits.map(({ visibility }) => visibility),
  ]);
  return rows.map(({ row }) => row);
}
