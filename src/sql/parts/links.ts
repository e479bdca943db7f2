import { type Queryable, statement } from '../statement.js';

/** A whole and one of its parts, and in how few steps it is reached: 1 is a direct part. */
export interface LinkRow {
  readonly wholeId: string;
  readonly partId: string;
  readonly depth: number;
}

const HOLD = statement<never>(
  'parts-hold-resources',
  'select from resource where id = any ($1::uuid[]) order by id for no key update',
);
const HOLD_BOOK = statement<never>('parts-hold-book', 'select from rule_book for update');

/**
 * Holds these resources, and the parts of all resources, against other changes until the transaction ends. First
 * the resources, as a change of one of them does before it turns the rule book.
 */
export async function holdLinks(tx: Queryable, resourceIds: readonly string[]): Promise<void> {
  await tx.query(HOLD, [resourceIds]);
  await tx.query(HOLD_BOOK, []);
}

const READ = statement<LinkRow>(
  'parts-read-links',
  'select whole_id as "wholeId", part_id as "partId", depth from resource_part',
);

/** Every link, near and far: hundreds at most. */
export const readLinks = (on: Queryable): Promise<LinkRow[]> => on.query(READ, []);

const REPLACE = statement<never>(
  'parts-replace-links',
  `with wanted as materialized (
    select * from unnest($2::uuid[], $3::uuid[], $4::integer[]) as w (whole_id, part_id, depth)
  ), gone as (
    delete from resource_part l where l.whole_id = any ($1::uuid[])
      and not exists (select from wanted w where w.whole_id = l.whole_id and w.part_id = l.part_id)
  )
  insert into resource_part as l (whole_id, part_id, depth) select * from wanted
  on conflict (whole_id, part_id) do update set depth = excluded.depth where l.depth <> excluded.depth`,
);

/** Gives these wholes exactly the links; the schema refuses at commit what is not complete (HF005). */
export async function replaceLinks(
  tx: Queryable,
  wholeIds: readonly string[],
  links: readonly LinkRow[],
): Promise<void> {
  await tx.query(REPLACE, [
    wholeIds,
    links.map(({ wholeId }) => wholeId),
    links.map(({ partId }) => partId),
    links.map(({ depth }) => depth),
  ]);
}

const near = (name: string, of: string, what: string) =>
  statement<{ id: string; ids: string[] }>(
    name,
    `select l.${of} as id, json_agg(l.${what} order by r.name, r.id) as ids
     from resource_part l join resource r on r.id = l.${what}
     where l.depth = 1 and l.${of} = any ($1::uuid[]) group by l.${of}`,
  );
const PARTS = near('parts-of', 'whole_id', 'part_id');
const WHOLES = near('wholes-of', 'part_id', 'whole_id');

/** Ids of each whole's direct parts, by their names; a resource that is not divided is missing from the map. */
export const directParts = async (on: Queryable, wholeIds: readonly string[]) =>
  new Map((await on.query(PARTS, [wholeIds])).map(({ id, ids }) => [id, ids]));

/** Ids of what each resource is a direct part of, by their names; others are missing from the map. */
export const directWholes = async (on: Queryable, partIds: readonly string[]) =>
  new Map((await on.query(WHOLES, [partIds])).map(({ id, ids }) => [id, ids]));
