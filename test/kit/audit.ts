import { newId } from '../../src/domain/ids.js';
import { readChain } from '../../src/sql/audit/read-chain.js';
import { type Database, statement } from '../../src/sql/statement.js';
import { sealAudit } from '../../src/sweeper/tasks.js';
import type { TestDatabase } from './database.js';
import { eventually } from './eventually.js';

/** Writes so many entries in one transaction, as acts do, and returns their ids in order. */
export async function entries({ psql }: Pick<TestDatabase, 'psql'>, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  await psql(
    `insert into audit (id, at, actor_id, action, subject_id, after, request_id)
     select id, statement_timestamp(), gen_random_uuid(), 'test.write', gen_random_uuid(), jsonb_build_object('n', n), 'test'
     from unnest($1::uuid[]) with ordinality as e (id, n)`,
    [ids],
  );
  return ids;
}

const OLDEST = statement<{ text: string }>(
  'kit-oldest-transaction',
  `select concat_ws(' ', datname, state, age(now(), xact_start), left(query, 200)) as text from pg_stat_activity
   where backend_xid is not null order by age(backend_xid) desc limit 1`,
);

/** Seals until nothing waits: transactions of other tests on the same server hold it up for as long as they run. */
export const sealAll = (db: Database): Promise<void> =>
  eventually(async () => {
    await sealAudit({ db });
    const { unsealed } = await readChain(db);
    if (unsealed === 0) return;
    const [oldest] = await db.query(OLDEST, []);
    throw new Error(`${unsealed} entries wait for ${oldest?.text}`);
  }, 25_000);
