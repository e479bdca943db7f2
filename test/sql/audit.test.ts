import { readFileSync } from 'node:fs';
import { recordAudit } from '../../src/domain/audit/record.js';
import { verifyChain } from '../../src/domain/audit/verify-chain.js';
import { eraseUser } from '../../src/domain/privacy/erase-user.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { openDatabase } from '../../src/infra/postgres/database.js';
import { sealAudit } from '../../src/sweeper/tasks.js';
import { entries, sealAll } from '../kit/audit.js';
import { wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { grep } from '../kit/grep.js';
import { SilentLog } from '../kit/log.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';

const database = await useDatabase();
const { db, psql, name } = database;
await entries(database, 3);
await sealAll(db);

it.each([
  [`update audit set action = 'other'`],
  [`update audit set action = 'other' where false`],
  [`delete from audit`],
  [`truncate audit`],
  [`update audit_link set salt = null`],
  [`delete from audit_link`],
  [`truncate audit_link`],
  [
    `insert into audit_link (number, audit_id, digest, hash) select 99, audit_id, digest, hash from audit_link limit 1`,
  ],
  [`update audit_chain set number = 1`],
  [`delete from audit_chain`],
  [`truncate audit_chain`],
])('refuses even the owner: %s', async (text) => {
  await expect(psql(text)).rejects.toMatchObject({ code: 'HF021', constraint: 'audit_kept' });
  expect((await verifyChain(db)).broken).toBeNull();
});

describe('a program whose role does not own the tables', () => {
  const role = `${name}_app`;
  const app = Object.assign(new URL(database.url), { username: role, password: 'app' }).href;

  beforeAll(async () => {
    await psql(`create role ${role} login password 'app'`);
    const [, recipe = ''] = /```sql\n(.*?)```/s.exec(readFileSync('docs/audit.md', 'utf8')) ?? [];
    expect(recipe).toContain('holdfast_app');
    await psql(recipe.replaceAll('holdfast_app', role));
  });
  afterAll(() => psql(`drop owned by ${role}; drop role ${role}`));

  const openAsApp = () =>
    openDatabase({
      url: app,
      poolSize: 2,
      connectTimeoutMs: 2_000,
      answerTimeoutMs: 10_000,
      log: new SilentLog(),
    });
  const asApp = (text: string) =>
    database.psql(`set role ${role}; select set_config('holdfast.audit', 'open', false); ${text}`);

  it('acts and seals as ever', async () => {
    const owner = await person(db);
    const place = await room(db);
    const own = await openAsApp();
    try {
      const ctx = { ...testCtx(db, owner.viewer), db: own };
      const made = await createReservation(
        ctx,
        wishFor([place.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z'),
      );
      expect(made).toMatchObject({ state: 'CONFIRMED' });
      await sealAll(own);
      expect(await sealAudit({ db: own })).toBe(0);
      expect(await verifyChain(own)).toMatchObject({ broken: null, chain: { unsealed: 0 } });
    } finally {
      await own.close();
    }
  });

  it('erases people as ever', async () => {
    const leaver = await person(db, 'MEMBER', { name: 'Zzyzx' });
    const { viewer } = await person(db, 'ADMINISTRATOR');
    const own = await openAsApp();
    try {
      const ctx = { ...testCtx(db, viewer), db: own };
      await recordAudit(own, ctx, { action: 'user.update', subjectId: leaver.id, after: { name: 'Zzyzx' } });
      await sealAll(own);
      await eraseUser(ctx, { id: leaver.id, confirmEmail: leaver.email });
      expect(await grep(database, ['Zzyzx'])).toEqual([]);
      expect(await verifyChain(own)).toMatchObject({ broken: null, redacted: 1 });
    } finally {
      await own.close();
    }
  });

  it.each([
    [`update audit set action = 'other'`],
    [`delete from audit`],
    [`truncate audit`],
    [`insert into audit_link select 99, audit_id, salt, digest, hash, true from audit_link limit 1`],
    [`update audit_link set salt = null`],
    [`delete from audit_link`],
    [`truncate audit_link`],
    [`update audit_chain set number = 1`],
    [`alter table audit disable trigger audit_kept`],
    [`drop table audit`],
  ])('may not: %s', async (text) => {
    await expect(asApp(text)).rejects.toMatchObject({ code: '42501' });
  });
});
