import { Client } from 'pg';
import { verifyChain } from '../../src/domain/audit/verify-chain.js';
import { newId } from '../../src/domain/ids.js';
import { sealAudit } from '../../src/sweeper/tasks.js';
import { sealAll } from '../kit/audit.js';
import { useDatabase } from '../kit/database.js';

const CLIENTS = 25;
const ROUNDS = 50;
/** So many stay open through the next round, and commit after others that have begun later. */
const STAYING = 5;
const WRITTEN = CLIENTS + (ROUNDS - 1) * (CLIENTS - STAYING);

const { db, url, psql } = await useDatabase();

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

it('seals 1,005 entries of transactions that commit in any order once each, with three sealers at it', async () => {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  let writing = true;
  const sealer = async () => {
    while (writing) await sealAudit({ db });
  };
  const sealers = [sealer(), sealer(), sealer()];
  let open: Client[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const client of clients.filter((each) => !open.includes(each))) {
      await client.query('begin');
      await client.query(`insert into audit (id, at, action) values ('${newId()}', now(), 'race.write')`);
    }
    open = round === ROUNDS - 1 ? [] : shuffled(clients).slice(0, STAYING);
    const leaving = shuffled(clients.filter((each) => !open.includes(each)));
    await Promise.all(leaving.map((client) => client.query('commit')));
  }
  writing = false;
  await Promise.all(sealers);
  await Promise.all(clients.map((client) => client.end()));
  await sealAll(db);
  const [facts] = await psql(
    `select (select count(*)::int from audit) as written, count(*)::int as links,
       count(distinct audit_id)::int as entries, max(number)::int as last from audit_link`,
  );
  expect(facts).toEqual({ written: WRITTEN, links: WRITTEN, entries: WRITTEN, last: WRITTEN });
  expect((await verifyChain(db)).broken).toBeNull();
});
