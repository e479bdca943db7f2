import { Client } from 'pg';

/**
 * What PostgreSQL's catalog says, in its own words and in the order of names, so that versions 15 to 18 print
 * the same text. NOT NULL stays with its column: only 18 keeps constraints for it.
 */
const EXTENSIONS = `
  select 'CREATE EXTENSION ' || quote_ident(extname) || ';' as text
  from pg_extension where extname <> 'plpgsql' order by extname`;

const COLUMNS = `
  select c.relname as "table", array_to_string(c.reloptions, ', ') as options,
    quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attgenerated = 's' then ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
              when d.adbin is not null then ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) else '' end
      || case when a.attnotnull then ' NOT NULL' else '' end as text
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'migration'
  order by c.relname, a.attnum`;

const CONSTRAINTS = `
  select r.relname as "table",
    'CONSTRAINT ' || quote_ident(n.conname) || ' ' || pg_get_constraintdef(n.oid) as text
  from pg_constraint n join pg_class r on r.oid = n.conrelid
  where n.connamespace = 'public'::regnamespace and n.contype in ('p', 'u', 'c', 'x') and r.relname <> 'migration'
  order by r.relname, n.conname`;

/** After all tables, so that the text can be run as it is. */
const FOREIGN_KEYS = `
  select 'ALTER TABLE ' || quote_ident(r.relname) || ' ADD CONSTRAINT ' || quote_ident(n.conname)
    || ' ' || pg_get_constraintdef(n.oid) || ';' as text
  from pg_constraint n join pg_class r on r.oid = n.conrelid
  where n.connamespace = 'public'::regnamespace and n.contype = 'f'
  order by r.relname, n.conname`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) || ';' as text
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
  where c.relnamespace = 'public'::regnamespace and t.relname <> 'migration'
    and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
  order by c.relname`;

const VIEWS = `
  select 'CREATE VIEW ' || quote_ident(relname) || ' AS' || chr(10) || pg_get_viewdef(oid) as text
  from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' order by relname`;

const FUNCTIONS = `
  select trim(trailing chr(10) from pg_get_functiondef(p.oid)) || ';' as text
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
    and not exists (select from pg_depend where objid = p.oid and classid = 'pg_proc'::regclass and deptype = 'e')
  order by p.proname, pg_get_function_identity_arguments(p.oid)`;

const TRIGGERS = `
  select pg_get_triggerdef(t.oid) || ';' as text
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
  order by c.relname, t.tgname`;

interface Line {
  readonly text: string;
}

interface TableLine extends Line {
  readonly table: string;
  readonly options?: string | null;
}

function tables(columns: readonly TableLine[], constraints: readonly TableLine[]): string[] {
  const byTable = new Map<string, TableLine[]>();
  for (const line of [...columns, ...constraints]) {
    byTable.set(line.table, [...(byTable.get(line.table) ?? []), line]);
  }
  return [...byTable].map(([table, lines]) => {
    const options = lines[0]?.options ? ` WITH (${lines[0].options})` : '';
    return `CREATE TABLE ${table} (\n${lines.map((line) => `  ${line.text}`).join(',\n')}\n)${options};`;
  });
}

/** The whole structure of the database's public schema as SQL, for people to read and tests to compare. */
export async function printDatabase(url: string): Promise<string> {
  const client = new Client({ connectionString: url, options: '-c search_path=public' });
  await client.connect();
  try {
    const read = async <Row extends Line>(text: string) => (await client.query<Row>(text)).rows;
    const texts = async (text: string) => (await read(text)).map((line) => line.text);
    const parts = [
      ...(await texts(EXTENSIONS)),
      ...tables(await read<TableLine>(COLUMNS), await read<TableLine>(CONSTRAINTS)),
      ...(await texts(FOREIGN_KEYS)),
      ...(await texts(INDEXES)),
      ...(await texts(VIEWS)),
      ...(await texts(FUNCTIONS)),
      ...(await texts(TRIGGERS)),
    ];
    return `-- Printed from the catalog by "npm run schema"; made by the files in migrations.\n\n${parts.join('\n\n')}\n`;
  } finally {
    await client.end();
  }
}
