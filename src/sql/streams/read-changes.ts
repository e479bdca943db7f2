import { type Queryable, statement } from '../statement.js';

/**
 * One numbered change of one resource's availability, as the outbox keeps it: of a reservation, or of the rules
 * and closures that count for it. Those free and take no span of their own.
 */
export interface ChangeRow {
  readonly resourceId: string;
  readonly version: number;
  /** Null where the rules or closures have changed. */
  readonly reservationId: string | null;
  readonly freedFrom: string | null;
  readonly freedTo: string | null;
  readonly takenFrom: string | null;
  readonly takenTo: string | null;
  readonly quantity: number;
  /** Of what was taken: the instant a hold dies, null for good. */
  readonly takenUntil: string | null;
  readonly at: string;
}

/** Where a reader stands: the newest version of that resource that it knows. */
export interface Position {
  readonly resourceId: string;
  readonly version: number;
}

/** How many changes one reading returns at most; the reader comes again for the rest. */
export const MOST_CHANGES = 2000;

const READ = statement<{ rows: ChangeRow[] | null }>(
  'read-changes',
  `select json_agg(change) as rows from (
    select o.resource_id as "resourceId", o.version, o.reservation_id as "reservationId",
      lower(o.freed) as "freedFrom", upper(o.freed) as "freedTo",
      lower(o.taken) as "takenFrom", upper(o.taken) as "takenTo",
      o.quantity, case when not o.awaited then nullif(o.taken_until, 'infinity') end as "takenUntil", o.at
    from unnest($1::uuid[], $2::bigint[]) as known (resource_id, version)
    join outbox o on o.resource_id = known.resource_id and o.version > known.version
    order by o.resource_id, o.version limit ${MOST_CHANGES}) change`,
);

/** What came after each position, by resource and in the order of versions. */
export async function readChanges(on: Queryable, positions: readonly Position[]): Promise<ChangeRow[]> {
  const [row] = await on.query(READ, [
    positions.map((position) => position.resourceId),
    positions.map((position) => position.version),
  ]);
  return row?.rows ?? [];
}

const VERSIONS = statement<{ resourceId: string; version: string }>(
  'stream-versions',
  `select resource_id as "resourceId", version from stream where resource_id = any ($1::uuid[])`,
);

/** The newest committed version of each stream. */
export async function streamVersions(on: Queryable, resourceIds: readonly string[]): Promise<Position[]> {
  const rows = await on.query(VERSIONS, [resourceIds]);
  return rows.map(({ resourceId, version }) => ({ resourceId, version: Number(version) }));
}
