import { composedStatement } from '../composed-statement.js';
import { type PersonFacts, personJson } from '../people/read-people.js';
import type { InactiveFact } from '../reservations/read-facts.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Placement, placementColumns } from '../rules/read-placements.js';
import { BOOK_VERSION } from '../rules/read-rule-book.js';
import type { Queryable } from '../statement.js';
import { busyLateral } from './busy-columns.js';
import {
  type AvailabilityRow,
  type AvailabilityShown,
  availabilityColumns,
  availabilityOf,
  type PackedRow,
} from './read-availability.js';

/** What the colours of one resource are made from, beside the rules. */
export interface ColouredRow extends AvailabilityRow {
  /** Also those outside the window, as far as set-up and tear-down times beside them reach into it. */
  readonly busy: AvailabilityRow['busy'];
  readonly placement: Placement;
  /** The resource itself and its parts, as far as they are not active. */
  readonly inactive: readonly InactiveFact[];
}

/** All rows, and what was so at their instant. Without rows nothing is known of it. */
export interface ColouredRows {
  readonly rows: readonly ColouredRow[];
  /** The version of the rule book. */
  readonly bookVersion: number;
  /** In ms since 1970. */
  readonly now: number;
  /** Who looks; null where that user is gone. */
  readonly person: PersonFacts | null;
}

interface Row extends PackedRow, Placement, Readonly<Record<string, unknown>> {
  readonly inactive: readonly InactiveFact[] | null;
  readonly bookVersion: string;
  readonly now: number;
  readonly person: string | null;
}

/** Null for nearly all: what is out of use is looked up only where there is any. */
const INACTIVE = `case when r.status <> 'ACTIVE' or exists (select from resource_part l join resource p on p.id = l.part_id
    where l.whole_id = r.id and p.status <> 'ACTIVE')
  then (select json_agg(json_build_object('id', p.id, 'name', p.name, 'status', p.status,
      'statusReason', p.status_reason) order by p.id)
    from resource p where p.status <> 'ACTIVE' and p.id = any (
      array(select l.part_id from resource_part l where l.whole_id = r.id) || r.id)) end`;

/** What is the same for all rows is worked out once, and the person is parsed once. */
const textFor = (shown: AvailabilityShown): string =>
  `select ${availabilityColumns(shown)}, ${placementColumns('r')}, ${INACTIVE} as inactive,
      ${BOOK_VERSION} as "bookVersion", date_part('epoch', ${NOW}) * 1000 as now,
      (select ${personJson('u')}::text from app_user u where u.id = $5::uuid) as person
    from unnest($2::uuid[]) with ordinality as w (id, place)
    join resource r on r.id = w.id
    join stream s on s.resource_id = r.id
    cross join (select coalesce(max((b.settings->>'setupMinutes')::integer), 0) as setup,
        coalesce(max((b.settings->>'teardownMinutes')::integer), 0) as teardown
      from rule b where b.kind = 'BUFFERS') most
    cross join lateral (select
      $3::timestamptz - coalesce(r.setup_minutes, most.setup) * interval '1 minute' as from_at,
      $4::timestamptz + coalesce(r.teardown_minutes, most.teardown) * interval '1 minute' as to_at offset 0) reach
    ${busyLateral(shown.busy, 'reach.from_at', 'reach.to_at')}
    order by w.place`;

/**
 * Busy spans, placements and everything else that colours need, in one snapshot and one statement.
 * @param viewerId whose groups and trainings are read along
 */
export async function readColoured(
  on: Queryable,
  now: string | null,
  resourceIds: readonly string[],
  window: { readonly startsAt: Date; readonly endsAt: Date },
  shown: AvailabilityShown,
  viewerId: string,
): Promise<ColouredRows> {
  const { startsAt, endsAt } = window;
  const statement = composedStatement<Row>('read-coloured', textFor(shown));
  const values = [now, resourceIds, startsAt.toISOString(), endsAt.toISOString(), viewerId];
  const rows = await on.query(statement, values);
  const [first] = rows;
  return {
    rows: rows.map((row) => ({
      ...availabilityOf(row, shown),
      placement: row,
      inactive: row.inactive ?? [],
    })),
    bookVersion: Number(first?.bookVersion ?? 0),
    now: first?.now ?? 0,
    person: first?.person ? (JSON.parse(first.person) as PersonFacts) : null,
  };
}
