import type { TestDatabase } from './database.js';

/** Every column of the database that can hold a text, and the SQL that reads it as one. */
const COLUMNS = `
  select c.relname as "table", a.attname as name, case when t.typname = 'bytea' then 'encode(%I, ''escape'')' else '%I::text' end as read
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and t.typname in ('text', 'varchar', 'jsonb', 'json', 'bytea', 'tsvector', '_text', '_varchar', '_jsonb')`;

/** Where in the whole database one of the texts stands, in whatever case: `table.column: what stands there`. */
export async function grep(
  { psql }: Pick<TestDatabase, 'psql'>,
  texts: readonly string[],
): Promise<string[]> {
  const columns = await psql<{ table: string; name: string; read: string }>(COLUMNS);
  const found: string[] = [];
  for (const { table, name, read } of columns) {
    const value = read.replace('%I', `"${name}"`);
    const rows = await psql<{ value: string }>(
      `select ${value} as value from "${table}" where exists (
         select from unnest($1::text[]) as t where position(lower(t) in lower(${value})) > 0)`,
      [texts],
    );
    found.push(...rows.map((row) => `${table}.${name}: ${row.value}`));
  }
  return found;
}
