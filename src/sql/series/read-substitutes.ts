import { type Queryable, statement } from '../statement.js';

/** A resource that could stand in for another one. */
export interface SubstituteRow {
  readonly wantedId: string;
  readonly id: string;
}

/** How many are looked at for each resource, the nearest first. */
const MOST = 20;

/**
 * The way between two places goes up to the last one that they share and down again. Spare seats count after it.
 */
const READ = statement<SubstituteRow>(
  'read-substitutes',
  `select w.id as "wantedId", c.id
   from unnest($1::uuid[], $2::integer[]) with ordinality as wish (id, quantity, place)
   join resource w on w.id = wish.id and not w.add_on_only
   join place at on at.id = w.place_id
   cross join lateral (
     select c.id, near.steps, c.seats, c.name from resource c
     join place p on p.id = c.place_id and p.path[1] = at.path[1]
     cross join lateral (select cardinality(p.path) + cardinality(at.path) - 2 * count(*) as steps
       from unnest(p.path) above where above = any (at.path)) near
     where c.type_id = w.type_id and c.id <> all ($1) and c.status = 'ACTIVE' and not c.add_on_only
       and c.pooled = w.pooled and c.capacity >= wish.quantity
       and (w.seats is null or c.seats >= w.seats)
       and (not $3::boolean or c.attributes @> w.attributes)
     order by near.steps, c.seats nulls last, c.name, c.id limit ${MOST}) c
   order by wish.place, c.steps, c.seats nulls last, c.name, c.id`,
);

/**
 * For each wanted resource up to 20 that can stand in for it: of the same type, with at least its seats, pooled as it
 * is and large enough, active, at the same site; the nearest in the place tree first, then those with the fewest spare seats.
 * @param sameAttributes whether a substitute must have all attributes of the wanted one
 */
export const readSubstitutes = (
  on: Queryable,
  wanted: readonly { readonly resourceId: string; readonly quantity: number }[],
  sameAttributes: boolean,
): Promise<SubstituteRow[]> =>
  on.query(READ, [
    wanted.map(({ resourceId }) => resourceId),
    wanted.map(({ quantity }) => quantity),
    sameAttributes,
  ]);
