import { type Queryable, statement } from '../statement.js';

/** The trigger on resource makes the words anew at any update. In the order of ids, against deadlocks. */
const refresh = (which: string) =>
  `with touched as materialized (select r.id from resource r where ${which} order by r.id for no key update)
   update resource r set name = r.name from touched where r.id = touched.id`;

const OF_PLACE = statement<never>(
  'resource-words-of-place',
  refresh('r.place_id in (select p.id from place p where p.path @> array[$1::uuid])'),
);
const OF_TYPE = statement<never>('resource-words-of-type', refresh('r.type_id = $1'));

/** Renews the search words of every resource in the place and below it, after its name or its parent changed. */
export async function refreshWordsOfPlace(tx: Queryable, placeId: string): Promise<void> {
  await tx.query(OF_PLACE, [placeId]);
}

/** Renews the search words of every resource of the type, after its name changed. */
export async function refreshWordsOfType(tx: Queryable, typeId: string): Promise<void> {
  await tx.query(OF_TYPE, [typeId]);
}
