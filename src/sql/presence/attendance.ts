import { NOW, stateOf } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** How often somebody came, or a resource was attended, of what was due. */
export interface AttendanceRow {
  /** The person, or the resource. */
  readonly id: string;
  /** Reservations that somebody had to check in to, and that have come to an end or were checked in to. */
  readonly due: number;
  readonly noShows: number;
}

/** Which reservations, by their start; conditions that are null do not count. */
export interface AttendanceFilter {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly ownerId: string | null;
  readonly resourceIds: readonly string[] | null;
}

/** Along the index of what must be attended alone; of several resources each counts it. */
const READ = statement<AttendanceRow>(
  'attendance',
  `with due as materialized (
    select v.id, v.owner_id, ${stateOf('v', NOW)} as state from reservation v
    where v.check_in is not null and v.starts_at >= $2 and v.starts_at < $3
      and ($4::uuid is null or v.owner_id = $4)
      and ($5::uuid[] is null or exists (select from claim c
        where c.reservation_id = v.id and c.kind = 'OWN' and c.resource_id = any ($5)))
  ), counted as (
    select case when $6 = 'PERSON' then d.owner_id else c.resource_id end as id, d.state
    from due d left join claim c on $6 = 'RESOURCE' and c.reservation_id = d.id and c.kind = 'OWN'
      and ($5 is null or c.resource_id = any ($5))
    where d.state in ('CHECKED_IN', 'COMPLETED', 'NO_SHOW')
  ), summed as (
    select id, count(*)::integer as due, (count(*) filter (where state = 'NO_SHOW'))::integer as "noShows"
    from counted group by id
  )
  select id, due, "noShows" from summed
  where $7::integer is null or "noShows" < $7 or ("noShows" = $7 and id > $8::uuid)
  order by "noShows" desc, id limit $9`,
);

/** Up to `limit` people or resources, those with the most no-shows first, behind `after`. */
export const readAttendance = (
  on: Queryable,
  now: string | null,
  { startsAt, endsAt, ownerId, resourceIds }: AttendanceFilter,
  by: 'PERSON' | 'RESOURCE',
  after: Pick<AttendanceRow, 'noShows' | 'id'> | null,
  limit: number,
): Promise<AttendanceRow[]> =>
  on.query(READ, [
    now,
    startsAt.toISOString(),
    endsAt.toISOString(),
    ownerId,
    resourceIds,
    by,
    after?.noShows ?? null,
    after?.id ?? null,
    limit,
  ]);
