import { changePassword } from '../../../src/domain/auth/change-password.js';
import { newRefreshToken } from '../../../src/domain/auth/refresh-token.js';
import { refreshTokens } from '../../../src/domain/auth/refresh-tokens.js';
import { SecurityLog } from '../../../src/domain/auth/security-log.js';
import { signIn } from '../../../src/domain/auth/sign-in.js';
import { Unavailable } from '../../../src/domain/failure.js';
import type { Database } from '../../../src/sql/statement.js';
import { useDatabase } from '../../kit/database.js';
import { instance, member, session, viewerOf } from './identity-kit.js';

const { db, psql } = await useDatabase();
const api = await instance(db, { limits: { perAddress: 1_000, perAccount: 3 } });
const her = await member(api, { email: 'mia@example.com' });

interface Entry {
  readonly action: string;
  readonly subject_id: string | null;
  readonly actor_id: string | null;
  readonly after: Record<string, unknown>;
  readonly source: Record<string, unknown> | null;
}
/** What was written since the last call. */
async function written(log: Pick<SecurityLog, 'flush'> = api.identity.security): Promise<Entry[]> {
  await log.flush();
  const rows = await psql<Entry & { id: string }>(
    `select id, action, subject_id, actor_id, after, source from audit where action like 'security.%' and id <> all ($1) order by action, id`,
    [seen],
  );
  seen.push(...rows.map(({ id }) => id));
  return rows;
}
const seen: string[] = [];
const attempt = (email: string, address = '192.0.2.1') =>
  signIn(api.from(address), { email, password: 'a wrong password' });

it('tells refused sign-ins by account and address, those of unknown accounts by a hash', async () => {
  const { clock } = api.ctx;
  const firstAt = clock.fixed();
  await attempt('mia@example.com');
  clock.advance(1_000);
  await attempt(' MIA@example.com');
  await attempt('mia@example.com', '192.0.2.2');
  await attempt('nobody@example.com');
  await attempt('nobody@example.com');
  const entries = await written();
  expect(entries).toHaveLength(3);
  const at = (address: string, subject: string | null) =>
    entries.find(({ source, subject_id }) => source?.address === address && subject_id === subject);
  expect(at('192.0.2.1', her.id)).toMatchObject({
    action: 'security.signInRefused',
    actor_id: null,
    after: { count: 2, firstAt, lastAt: clock.fixed() },
  });
  expect(at('192.0.2.2', her.id)?.after).toMatchObject({ count: 1 });
  expect(at('192.0.2.1', null)?.after).toEqual({
    count: 2,
    firstAt: clock.fixed(),
    lastAt: clock.fixed(),
    account: expect.stringMatching(/^[0-9a-f]{16}$/),
  });
  expect(JSON.stringify(entries)).not.toMatch(/nobody|mia|wrong password/i);
});

it('tells attempts that were not judged any more', async () => {
  for (let time = 0; time < 5; time++) await attempt('ann@example.com', '192.0.2.3');
  expect(await written()).toMatchObject([
    { action: 'security.signInRefused', after: { count: 3 } },
    { action: 'security.signInThrottled', after: { count: 2 } },
  ]);
});

it('tells a wrong present password and refresh tokens that are none, and leaves what succeeds to its own entry', async () => {
  const other = await member(api);
  const viewer = await viewerOf(api, await session(api, other.email));
  const input = { currentPassword: 'not the right one', newPassword: 'a long new password' };
  expect(await changePassword(api.as(viewer), input)).toMatchObject({ kind: 'WrongPassword' });
  await refreshTokens(api.ctx, { refreshToken: newRefreshToken() });
  expect(await written()).toMatchObject([
    { action: 'security.passwordRefused', subject_id: other.id, actor_id: other.id },
    { action: 'security.refreshRefused', subject_id: null },
  ]);
  const tokens = await session(api, other.email);
  await refreshTokens(api.ctx, tokens);
  await refreshTokens(api.ctx, tokens);
  expect(await written()).toEqual([]);
  expect(await psql(`select from audit where action = 'session.reuse'`)).toHaveLength(1);
});

it('writes a bounded number of entries, however many there are who knock', async () => {
  const log = new SecurityLog({ ...api.ctx, secret: 'a secret that only tests know' });
  for (let host = 0; host < 1_000; host++)
    log.note({ ...api.ctx, address: `10.0.${host >> 8}.${host & 255}` }, { action: 'security.tokenRefused' });
  const entries = await written(log);
  expect(entries).toHaveLength(101);
  const [others] = entries.filter(({ source }) => source === null);
  expect(others?.after).toMatchObject({ count: 900 });
  await log.close();
});

it('counts on while the database is away, and writes when it is back', async () => {
  let away = true;
  const flaky = {
    query: (statement, values) => db.query(statement, values),
    transaction: (work) => {
      if (away) throw new Unavailable('no database');
      return db.transaction(work);
    },
  } as Database;
  const log = new SecurityLog({ ...api.ctx, db: flaky, secret: 'a secret that only tests know' });
  log.note(api.ctx, { action: 'security.forbidden', field: 'Query.mails' });
  expect(await written(log)).toEqual([]);
  log.note(api.ctx, { action: 'security.forbidden', field: 'Query.mails' });
  away = false;
  expect(await written(log)).toMatchObject([{ after: { count: 2, field: 'Query.mails' } }]);
  await log.close();
});

it('writes down each key that signs', async () => {
  const [{ kid } = { kid: '' }] = await psql<{ kid: string }>('select kid from signing_key');
  expect(await psql(`select after from audit where action = 'key.create'`)).toEqual([{ after: { kid } }]);
});
