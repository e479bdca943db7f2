import fc from 'fast-check';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { revokeSecret, rotateSecret, updateClient } from '../../src/domain/clients/change-client.js';
import { globalId } from '../../src/domain/ids.js';
import { systemClock } from '../../src/infra/clock/system.js';
import type { Database } from '../../src/sql/statement.js';
import { apiClient, askForToken, basic, tokenOf } from '../kit/clients.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { testServer } from '../kit/server.js';
import { room } from '../kit/things.js';

const { db, psql } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = testCtx(db, viewer);
const server = await testServer(db, { clock: ctx.clock, pollMs: 50 });
const GRANT = { grant_type: 'client_credentials' };
const VIEWER = { query: '{ viewer { name } }' };
const asked = async (token: string) => (await server.post(token, VIEWER)).status;

it('gives a token for credentials by Basic and by the form, that says whose it is and what for', async () => {
  const made = await apiClient(ctx, { name: 'Doors', scopes: ['reserve', 'read'], perDay: 1_000 });
  const form = { ...GRANT, client_id: made.id, client_secret: made.secret };
  const header = { authorization: basic(made.id, made.secret) };
  for (const answer of [await askForToken(server, form), await askForToken(server, GRANT, header)]) {
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 600,
      scope: 'read reserve',
    });
    const { access_token } = answer.body;
    expect(decodeProtectedHeader(access_token)).toMatchObject({ typ: 'at+jwt', alg: 'EdDSA' });
    const claims = decodeJwt(access_token);
    expect(claims).toMatchObject({
      iss: 'kit',
      aud: 'kit',
      client_id: made.id,
      sub: made.client.id,
      role: 'MEMBER',
      scope: 'read reserve',
      persisted_only: false,
      per_day: 1_000,
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(600);
    expect((await server.post(access_token, VIEWER)).body).toEqual({ data: { viewer: { name: 'Doors' } } });
  }
});

it('gives fewer scopes where fewer are asked for, and never more than there are', async () => {
  const made = await apiClient(ctx, { scopes: ['read', 'reserve'] });
  const form = { ...GRANT, client_id: made.id, client_secret: made.secret };
  expect((await askForToken(server, { ...form, scope: 'read' })).body.scope).toBe('read');
  for (const scope of ['manage', 'read manage', 'read  reserve', 'nonsense']) {
    expect(await askForToken(server, { ...form, scope })).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    });
  }
  const readOnly = await tokenOf(server, made, 'read');
  expect(
    (await server.post(readOnly, { query: 'mutation { reservationCancel(id: "x") { __typename } }' })).body,
  ).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' }, message: expect.stringContaining('reserve') }],
  });
});

it('answers what is wrong as RFC 6749 says', async () => {
  const { id, secret } = await apiClient(ctx);
  const other = await apiClient(ctx);
  const good = { client_id: id, client_secret: secret };
  const cases: [unknown, Record<string, string>, number, string][] = [
    [{ ...good }, {}, 400, 'invalid_request'],
    ['', {}, 400, 'invalid_request'],
    [{ ...good, grant_type: 'password' }, {}, 400, 'unsupported_grant_type'],
    [GRANT, {}, 401, 'invalid_client'],
    [{ ...GRANT, client_id: id }, {}, 401, 'invalid_client'],
    [{ ...GRANT, client_id: id, client_secret: '' }, {}, 401, 'invalid_client'],
    [{ ...GRANT, client_id: id, client_secret: `${secret}x` }, {}, 401, 'invalid_client'],
    [{ ...GRANT, client_id: id, client_secret: other.secret }, {}, 401, 'invalid_client'],
    [
      { ...GRANT, client_id: globalId('User', other.client.id), client_secret: other.secret },
      {},
      401,
      'invalid_client',
    ],
    [{ ...GRANT, ...good }, { authorization: basic(id, secret) }, 400, 'invalid_request'],
    [{ ...GRANT, client_id: other.id }, { authorization: basic(id, secret) }, 400, 'invalid_request'],
    [GRANT, { authorization: 'Basic %%%' }, 401, 'invalid_client'],
    [GRANT, { authorization: `Basic ${Buffer.from('%zz:x').toString('base64')}` }, 401, 'invalid_client'],
    [GRANT, { authorization: 'Bearer abc' }, 401, 'invalid_client'],
    [
      `grant_type=client_credentials&grant_type=client_credentials&client_id=${id}`,
      {},
      400,
      'invalid_request',
    ],
    [{ ...GRANT, ...good }, { 'content-type': 'application/json' }, 400, 'invalid_request'],
  ];
  for (const [body, headers, status, error] of cases) {
    const answer = await askForToken(server, body as Record<string, string>, headers);
    expect([body, answer.status, answer.body.error]).toEqual([body, status, error]);
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
  }
  const empty = await askForToken(server, { ...GRANT, ...good, scope: '' });
  expect(empty.status).toBe(200);
});

it('never fails on anything that is sent to it', async () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      'client_credentials',
      'client_id',
      'client_secret',
      'grant_type',
      'scope',
      '__proto__',
      '\0',
    ),
  );
  const body = fc.oneof(
    word,
    fc
      .array(fc.tuple(word, word), { maxLength: 6 })
      .map((pairs) => new URLSearchParams(pairs.map(([a, b]) => [a, b])).toString()),
  );
  const printable = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(body, fc.option(printable), async (text, authorization) => {
      const answer = await server.fetch('/oauth/token', {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(authorization !== null && { authorization: `Basic ${authorization}` }),
        },
        body: text,
      });
      expect([400, 401]).toContain(answer.status);
      expect(answer.body.error).toEqual(expect.any(String));
    }),
    { numRuns: 150 },
  );
});

it('takes the old secret for a day behind a rotation, and never more than two', async () => {
  const made = await apiClient(ctx);
  const second = await rotateSecret({ ...ctx, viewer }, { id: made.client.id });
  if ('kind' in second) throw new Error(second.kind);
  const old = await tokenOf(server, made);
  const next = { ...made, secret: second.secret };
  await tokenOf(server, next);
  ctx.clock.advance(86_400_000 - 1);
  const last = await askForToken(server, { ...GRANT, client_id: made.id, client_secret: made.secret });
  expect(last.body.expires_in).toBe(0);
  ctx.clock.advance(1);
  await expect(tokenOf(server, made)).rejects.toThrow('invalid_client');
  expect(await asked(old)).toBe(401);
  await tokenOf(server, next);
  await rotateSecret({ ...ctx, viewer }, { id: made.client.id });
  const third = await rotateSecret({ ...ctx, viewer }, { id: made.client.id });
  if ('kind' in third) throw new Error(third.kind);
  await expect(tokenOf(server, next)).rejects.toThrow('invalid_client');
  await tokenOf(server, { ...made, secret: third.secret });
});

it('refuses a client that has expired, and no token outlives it', async () => {
  const expiresAt = new Date(ctx.clock.now().getTime() + 90_000).toISOString();
  const made = await apiClient(ctx, { expiresAt });
  const token = await tokenOf(server, made);
  expect((decodeJwt(token).exp ?? 0) * 1000).toBe(Date.parse(expiresAt));
  expect(await asked(token)).toBe(200);
  ctx.clock.advance(90_000);
  expect(await asked(token)).toBe(401);
  await expect(tokenOf(server, made)).rejects.toThrow('invalid_client');
});

it('ends tokens when the client is suspended, and gives new ones when it is resumed', async () => {
  const made = await apiClient(ctx);
  const token = await tokenOf(server, made);
  await updateClient({ ...ctx, viewer }, { id: made.client.id, isActive: false });
  await server.identity.watch.look();
  expect(await asked(token)).toBe(401);
  await expect(tokenOf(server, made)).rejects.toThrow('invalid_client');
  await updateClient({ ...ctx, viewer }, { id: made.client.id, isActive: true });
  expect(await asked(await tokenOf(server, made))).toBe(200);
  expect(await asked(token)).toBe(401);
});

it('lets a token wait for a change that is being made, so that none says what was before and survives it', async () => {
  const live = await testServer(db, { clock: systemClock });
  const real = { ...ctx, viewer, clock: systemClock };
  const made = await apiClient(real, { scopes: ['read', 'reserve', 'manage'] });
  const waiting = () =>
    psql(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
  let token: Promise<string> | null = null;
  /** A change that has voided the tokens of before and is not committed yet. */
  const meanwhile = async () => {
    await psql('select pg_sleep(0.01)');
    let given = false;
    token = tokenOf(live, made).finally(() => {
      given = true;
    });
    await eventually(async () => expect(given || (await waiting()).length > 0).toBe(true));
  };
  const slow: Database = {
    ...db,
    query: db.query.bind(db),
    unitOfWork: db.unitOfWork.bind(db),
    em: db.em.bind(db),
    transaction: (work) =>
      db.transaction((tx) =>
        work({
          query: async (statement, values) => {
            const rows = await tx.query(statement, values);
            if (statement.name === 'session-outdate') await meanwhile();
            return rows;
          },
        }),
      ),
  };
  await updateClient(
    { ...ctx, viewer, clock: systemClock, db: slow },
    { id: made.client.id, scopes: ['read'] },
  );
  const issued = await (token as Promise<string> | null);
  await live.identity.watch.look();
  const somebody = await live.identity.authenticate(`Bearer ${issued}`);
  if (somebody !== 'INVALID') expect(somebody?.viewer.client?.scopes).toEqual(['read']);
});

it('costs a request of a program no statement more than one of a person', async () => {
  const { id } = await room(db);
  const made = await apiClient(ctx, { scopes: ['read'] });
  const token = await tokenOf(server, made);
  const ask = {
    query: '{ resource(id: $id) { name } }'.replace('$id', JSON.stringify(globalId('Resource', id))),
  };
  await server.post(token, ask);
  server.said.splice(0);
  expect((await server.post(token, ask)).body.data.resource.name).toEqual(expect.any(String));
  expect(server.said).toEqual(['resource-by-ids']);
  server.said.splice(0);
  await tokenOf(server, made);
  expect(server.said).toEqual(['token-grant']);
});

it('keeps no secret where it could be read', async () => {
  const made = await apiClient(ctx);
  await rotateSecret({ ...ctx, viewer }, { id: made.client.id });
  await askForToken(server, {
    ...GRANT,
    client_id: made.id,
    client_secret: made.secret.replace('hfs_', 'hfs-'),
  });
  const kept = JSON.stringify([await psql('select * from audit'), await psql('select * from api_client')]);
  expect(kept).not.toContain('hfs_');
  expect(JSON.stringify(server.log.lines)).not.toContain(made.secret.slice(4));
});

it('ends a revoked secret and nothing else', async () => {
  const made = await apiClient(ctx);
  const other = await apiClient(ctx);
  const [token, others] = [await tokenOf(server, made), await tokenOf(server, other)];
  const [{ id } = { id: '' }] = await psql<{ id: string }>('select id from api_secret where client_id = $1', [
    made.client.id,
  ]);
  expect(await revokeSecret({ ...ctx, viewer }, { id })).toMatchObject({ revokedAt: expect.any(String) });
  await server.identity.watch.look();
  expect([await asked(token), await asked(others)]).toEqual([401, 200]);
  await expect(tokenOf(server, made)).rejects.toThrow('invalid_client');
});
