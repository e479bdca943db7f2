import type { Visibility } from '../reservations/reservation-json.js';

/** A resource of a series, and how much of it. */
export interface SeriesResource {
  readonly resourceId: string;
  readonly quantity: number;
}

/** A series as PostgreSQL prints it: bare uuids, instants as JSON text in UTC, wall-clock times as they were given. */
export interface SeriesRow {
  readonly node: 'Series';
  readonly id: string;
  readonly title: string;
  readonly details: string;
  readonly ownerId: string;
  readonly creatorId: string;
  readonly visibility: Visibility;
  readonly rrule: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
  /** The wall clock of the first occurrence: 2026-03-01T09:00:00. */
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly timeZone: string;
  readonly resources: readonly SeriesResource[];
  /** The series that this one was split from by a change of this and following. */
  readonly previousId: string | null;
  /** When all of it was cancelled. */
  readonly cancelledAt: string | null;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** SQL that prints the row with alias `s` as a SeriesRow. */
export const seriesJson = (s: string): string => `json_build_object(
  'node', 'Series', 'id', ${s}.id, 'title', ${s}.title, 'details', ${s}.details,
  'ownerId', ${s}.owner_id, 'creatorId', ${s}.creator_id, 'visibility', ${s}.visibility,
  'rrule', ${s}.rrule, 'exdates', ${s}.exdates, 'rdates', ${s}.rdates,
  'startsLocal', ${s}.starts_local, 'endsLocal', ${s}.ends_local, 'timeZone', ${s}.time_zone,
  'resources', ${s}.resources, 'previousId', ${s}.previous_id, 'cancelledAt', ${s}.cancelled_at,
  'version', ${s}.version, 'createdAt', ${s}.created_at, 'updatedAt', ${s}.updated_at)`;
