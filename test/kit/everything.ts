type Psql = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

/** When sessions were last seen, what was asked for, and questions that wait for an answer. */
const NOT_CHANGES = ['session', 'signing_key', 'document_usage', 'field_usage', 'challenge'];

/** All that there is, but when sessions and sweepers were last seen, and what the audit tells of refusals. */
export async function everything(psql: Psql): Promise<Record<string, string>> {
  const tables = await psql<{ name: string }>(
    `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' and relname <> all ($1::text[]) order by 1`,
    [[...NOT_CHANGES]],
  );
  const digests = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as md5 from ${name} t
       ${name === 'audit' ? "where action not like 'security.%'" : ''}`,
  );
  // By name: PostgreSQL may read the tables in any order, several at once.
  const rows = await psql<{ name: string; md5: string }>(digests.join(' union all '), []);
  return Object.fromEntries(rows.map(({ name, md5 }) => [name, md5]));
}
