import { type Queryable, statement } from '../statement.js';

/**
 * Walks the type's resources by their index; there are hundreds of a type at most. A resource that says nothing
 * about its seats is the equal of any.
 */
const READ = statement<{ place: string; id: string }>(
  'equivalent-resources',
  `select w.place, e.id
  from unnest($1::uuid[], $2::integer[]) with ordinality as w (id, quantity, place)
  join resource o on o.id = w.id
  join place at on at.id = o.place_id
  cross join lateral (
    select r.id, row_number() over (order by r.seats - o.seats, r.place_id <> o.place_id, r.name, r.id) as rank
    from resource r join place p on p.id = r.place_id and p.path[1] = at.path[1]
    where r.type_id = o.type_id and r.id <> all ($1) and r.status = 'ACTIVE' and r.pooled = o.pooled
      and r.add_on_only = o.add_on_only and r.capacity >= w.quantity and (o.seats is null or r.seats >= o.seats)
      and not exists (select from unnest($3::text[]) as a (key)
        where r.attributes -> a.key is distinct from o.attributes -> a.key)
    order by rank limit $4::integer) e
  order by w.place, e.rank`,
);

/**
 * For each resource its equals (D4): active, of the same type, with room for the quantity, with as many seats or
 * more, with the same values of the named attributes, and at the same site: nobody is helped by a room in another town. Those with the fewest seats first, then in the same place,
 * then by name; none of the resources themselves.
 * @returns in the order of the wishes, at most `most` for each
 */
export async function equivalentResources(
  on: Queryable,
  wishes: readonly { readonly resourceId: string; readonly quantity: number }[],
  attributes: readonly string[],
  most: number,
): Promise<string[][]> {
  const ids = wishes.map(({ resourceId }) => resourceId);
  const quantities = wishes.map(({ quantity }) => quantity);
  const found: string[][] = wishes.map(() => []);
  for (const { place, id } of await on.query(READ, [ids, quantities, attributes, most])) {
    found[Number(place) - 1]?.push(id);
  }
  return found;
}
