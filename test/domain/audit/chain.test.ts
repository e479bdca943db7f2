import { Client } from 'pg';
import { verifyChain, verifyLinks } from '../../../src/domain/audit/verify-chain.js';
import { newId } from '../../../src/domain/ids.js';
import { readChain } from '../../../src/sql/audit/read-chain.js';
import { logChain, sealAudit } from '../../../src/sweeper/tasks.js';
import { entries, sealAll } from '../../kit/audit.js';
import { testCtx } from '../../kit/ctx.js';
import { cloneDatabase, useDatabase } from '../../kit/database.js';
import { eventually } from '../../kit/eventually.js';

/** A database of its own with so many sealed entries. */
async function chained(count: number) {
  const database = await cloneDatabase();
  databases.push(database);
  const db = await database.open();
  const ids = await entries(database, count);
  await sealAll(db);
  return { ...database, db, ids };
}
const databases: Awaited<ReturnType<typeof cloneDatabase>>[] = [];
afterAll(() => Promise.all(databases.map((database) => database.drop())));

/** Changes the audit as somebody does who may do everything. */
const tamper = (database: { psql: (text: string) => Promise<object[]> }, text: string) =>
  database.psql(`set session_replication_role = replica; ${text}`);

const { db, psql } = await useDatabase();

it('hangs every entry on the chain once, and proves it', async () => {
  const ids = await entries({ psql }, 25);
  await sealAll(db);
  const verdict = await verifyChain(db, [], 7);
  expect(verdict).toMatchObject({ broken: null, redacted: 0, chain: { number: 25, unsealed: 0 } });
  expect(verdict.upTo).toEqual({ number: 25, hash: verdict.chain.hash });
  const links = await psql<{ id: string }>('select audit_id as id from audit_link order by number');
  expect(links.map(({ id }) => id)).toEqual([...ids].sort());
});

it('can be proved in parts, each going on where the last one has ended', async () => {
  const own = await chained(10);
  const first = await verifyLinks(own.db, { number: 0, hash: '0'.repeat(64) }, 4);
  expect(first).toMatchObject({ broken: null, upTo: { number: 4 } });
  expect(await verifyLinks(own.db, first.upTo, 100)).toMatchObject({ broken: null, upTo: { number: 10 } });
  const elsewhere = { number: 4, hash: 'f'.repeat(64) };
  expect(await verifyLinks(own.db, elsewhere, 100)).toMatchObject({
    upTo: elsewhere,
    broken: { kind: 'LINK_CHANGED', number: 5 },
  });
});

it('tells what waits, and waits for every transaction that may still write', async () => {
  const own = await chained(0);
  const late = new Client({ connectionString: own.url });
  await late.connect();
  await late.query('begin');
  await late.query(`insert into audit (id, at, action) values ('${newId()}', now(), 'late.write')`);
  await entries(own, 3);
  expect(await sealAudit(own)).toBe(0);
  expect(await readChain(own.db)).toMatchObject({ number: 0, unsealed: 3, unsealedSince: expect.anything() });
  expect(await verifyChain(own.db)).toMatchObject({ broken: null });
  await late.query('commit');
  await late.end();
  await sealAll(own.db);
  const [first] = await own.psql<{ action: string }>(
    'select action from audit_link l join audit a on a.id = l.audit_id where number = 1',
  );
  expect(first).toEqual({ action: 'late.write' });
});

it('leaves out what was rolled back, and goes on after a sealer that died', async () => {
  const own = await chained(0);
  await own.psql(`begin; insert into audit (id, at, action) values ('${newId()}', now(), 'never'); rollback`);
  await entries(own, 20);
  const dying = new Client({ connectionString: own.url });
  dying.on('error', () => {});
  await dying.connect();
  await dying.query('begin');
  await eventually(async () => {
    const { rows } = await dying.query('select audit_seal(10) as sealed');
    expect(rows).toEqual([{ sealed: 10 }]);
  });
  // Nobody waits for it, and nobody seals beside it.
  expect(await sealAudit(own)).toBe(0);
  const { rows } = await dying.query('select pg_backend_pid() as pid');
  await own.psql('select pg_terminate_backend($1, 5000)', [rows[0].pid]);
  await sealAll(own.db);
  expect(await verifyChain(own.db)).toMatchObject({ broken: null, chain: { number: 20 } });
});

it('seals what a copy in another cluster has brought along, and what is written there', async () => {
  const own = await chained(5);
  await entries(own, 3);
  await own.psql(`select set_config('holdfast.audit', 'open', false);
    update audit_chain set cluster = 1, xid = '99999999';
    insert into audit (id, at, action, xid) values (gen_random_uuid(), now(), 'brought.along', '88888888');`);
  await sealAll(own.db);
  await entries(own, 2);
  await sealAll(own.db);
  expect(await sealAudit(own)).toBe(0);
  expect(await verifyChain(own.db)).toMatchObject({ broken: null, chain: { number: 11, unsealed: 0 } });
});

it('writes the end of the chain into the log', async () => {
  const own = await chained(2);
  const ctx = testCtx(own.db);
  await logChain(ctx);
  const { hash } = await readChain(own.db);
  expect(ctx.log.lines).toEqual([
    { level: 'info', facts: { number: 2, hash, unsealed: 0 }, message: expect.any(String) },
  ]);
});

describe('tampering is found', () => {
  const columns: Record<string, string> = {
    id: 'gen_random_uuid()',
    at: `at + interval '1 millisecond'`,
    actor_id: 'gen_random_uuid()',
    action: `'test.other'`,
    subject_id: 'null',
    before: `'{"n": 1}'`,
    after: `after || '{"n": -1}'`,
    request_id: `'another'`,
    act_id: 'gen_random_uuid()',
    undoes: 'gen_random_uuid()',
    source: `'{"address": "192.0.2.1"}'`,
    xid: `'77'`,
  };

  it('in every column of an entry', async () => {
    const own = await chained(9);
    const all = await own.psql<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = 'audit'::regclass and attnum > 0`,
    );
    expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(columns).sort());
    await own.psql('create table kept as select * from audit');
    for (const [column, value] of Object.entries(columns)) {
      await tamper(own, `update audit set ${column} = ${value} where id = '${own.ids[4]}'`);
      const kind = column === 'id' ? 'ENTRY_MISSING' : 'ENTRY_CHANGED';
      expect({ column, ...(await verifyChain(own.db)).broken }).toEqual({
        column,
        kind,
        number: 5,
        auditId: own.ids[4],
      });
      await tamper(own, 'delete from audit; insert into audit select * from kept');
    }
    expect((await verifyChain(own.db)).broken).toBeNull();
  });

  it.each([
    ['a link that is gone', `delete from audit_link where number = 5`, 'LINK_MISSING', 6],
    [
      'a link on another entry',
      `update audit_link set audit_id = gen_random_uuid() where number = 5`,
      'LINK_CHANGED',
      5,
    ],
    ['another digest', `update audit_link set digest = hash where number = 5`, 'LINK_CHANGED', 5],
    ['another hash', `update audit_link set hash = digest where number = 5`, 'LINK_CHANGED', 5],
    ['another salt', `update audit_link set salt = '\\x00' where number = 5`, 'ENTRY_CHANGED', 5],
    ['no salt', `update audit_link set salt = null where number = 5`, 'ENTRY_BARED', 5],
    ['another purpose', `update audit_link set redacts = true where number = 5`, 'LINK_CHANGED', 5],
    [
      'an entry that is gone',
      `delete from audit where id = (select audit_id from audit_link where number = 5)`,
      'ENTRY_MISSING',
      5,
    ],
    [
      'an entry and its link that are gone, with the numbers closed up',
      `delete from audit where id = (select audit_id from audit_link where number = 5);
       delete from audit_link where number = 5;
       update audit_link set number = number - 1 where number = 6`,
      'LINK_CHANGED',
      5,
    ],
    ['an end that is cut off', `delete from audit_link where number > 7`, 'END_MISSING', 8],
    [
      'another head',
      `update audit_chain set hash = digest from audit_link where audit_link.number = 1`,
      'LINK_CHANGED',
      9,
    ],
  ])('in the links: %s', async (_what, text, kind, number) => {
    const own = await chained(9);
    await tamper(own, text);
    expect((await verifyChain(own.db)).broken).toMatchObject({ kind, number });
  });

  it('where an entry is put in with a past of its own', async () => {
    const own = await chained(9);
    const id = newId();
    await own.psql(`insert into audit (id, at, action, xid) values ('${id}', now(), 'forged', '5')`);
    await sealAll(own.db);
    expect((await verifyChain(own.db)).broken).toEqual({ kind: 'ENTRY_STRAY', number: null, auditId: id });
  });

  it('where the end is cut off with the head, or all is made anew, by a head that was kept elsewhere', async () => {
    const own = await chained(9);
    const { number, hash } = await readChain(own.db);
    const heads = [{ number, hash }];
    expect((await verifyChain(own.db, heads)).broken).toBeNull();
    await tamper(
      own,
      `delete from audit where id in (select audit_id from audit_link where number > 7);
       delete from audit_link where number > 7;
       update audit_chain c set number = 7, hash = l.hash from audit_link l where l.number = 7`,
    );
    expect((await verifyChain(own.db)).broken).toBeNull();
    expect((await verifyChain(own.db, heads)).broken).toEqual({
      kind: 'END_MISSING',
      number: 8,
      auditId: null,
    });
    await entries(own, 5);
    await sealAll(own.db);
    expect((await verifyChain(own.db)).broken).toBeNull();
    expect((await verifyChain(own.db, heads)).broken).toMatchObject({ kind: 'LINK_CHANGED', number: 9 });
  });
});
