import { type Queryable, statement } from '../statement.js';

/** Values of one attribute among the resources of a type. */
export interface AttributeUse {
  readonly key: string;
  /** The distinct values, as JSON. */
  readonly values: readonly (string | number | boolean)[];
  readonly resources: number;
}

const USE = statement<AttributeUse>(
  'resource-type-use',
  `select held.key, count(*)::integer as resources, json_agg(distinct held.value) as values
   from resource r cross join lateral jsonb_each(r.attributes) as held
   where r.type_id = $1 and held.key = any ($2::text[]) group by held.key order by held.key`,
);

/** Which values the resources of a type hold for those attributes; attributes that none holds are left out. */
export const attributeUse = (
  on: Queryable,
  typeId: string,
  keys: readonly string[],
): Promise<AttributeUse[]> => on.query(USE, [typeId, keys]);
