import { GraphQLObjectType } from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import { UsageCounter } from '../../src/domain/operations/usage-counter.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { pruneUsage } from '../../src/sql/operations/write-usage.js';
import { apiClient, tokenOf } from '../kit/clients.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { ownDocuments, testServer } from '../kit/server.js';

const { db, psql } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = { ...testCtx(db, viewer), viewer };
// A field that this schema is about to lose.
const schema = buildHoldfastSchema();
Object.assign((schema.getType('User') as GraphQLObjectType).getFields().language as object, {
  deprecationReason: 'Use locale from 2028 on.',
});
const server = await testServer(db, { clock: ctx.clock, pollMs: 50, parts: { schema } });
const adminToken = async () => {
  const issuedAtMs = ctx.clock.now().getTime();
  const grant = { id: viewer.userId, role: viewer.role, sessionId: viewer.sessionId, issuedAtMs };
  return (await server.identity.tokens.issue(grant)).accessToken;
};
const USAGE = `query ($field: String, $deprecatedOnly: Boolean!, $days: Int!, $first: Int!, $after: String) {
  schemaUsage(field: $field, deprecatedOnly: $deprecatedOnly, days: $days, first: $first, after: $after) {
    nodes { field deprecationReason uses { client { name } count lastDate documents } } pageInfo { hasNextPage endCursor } } }`;
async function usage(variables: object) {
  const { body } = await server.post(await adminToken(), {
    query: USAGE,
    variables: { deprecatedOnly: false, days: 30, first: 200, ...variables },
  });
  if (!body.data) throw new Error(JSON.stringify(body));
  return body.data.schemaUsage;
}
const usesOf = async (field: string, days = 30) => (await usage({ field, days })).nodes[0].uses;

it('shows who still uses a deprecated field, and by which documents', async () => {
  const made = await apiClient(ctx, { name: 'Old doors' });
  const token = await tokenOf(server, made);
  for (let n = 0; n < 3; n++) await server.post(token, { query: '{ viewer { name language } }' });
  await server.post(await adminToken(), { query: '{ viewer { language } }' });
  await server.post(token, { query: '{ viewer { name } }' });
  const [viewerId] = Object.entries(ownDocuments).find(([, text]) => text.includes('query ViewerShow')) ?? [];
  await server.post(token, { documentId: viewerId });
  await server.usage.flush();
  expect((await usage({ deprecatedOnly: true })).nodes).toEqual([
    {
      field: 'User.language',
      deprecationReason: 'Use locale from 2028 on.',
      uses: [
        { client: { name: 'Old doors' }, count: 4, lastDate: '2027-03-01', documents: [] },
        { client: null, count: 1, lastDate: '2027-03-01', documents: [] },
      ],
    },
  ]);
  expect(
    await psql('select document, count::integer from document_usage where client_id = $1 order by count', [
      made.client.id,
    ]),
  ).toEqual([
    { document: viewerId, count: 1 },
    { document: null, count: 4 },
  ]);
  const uses = 'query ($id: ID!) { apiClient(id: $id) { uses { document count lastDate } } }';
  expect(
    (await server.post(await adminToken(), { query: uses, variables: { id: made.id } })).body.data.apiClient
      .uses,
  ).toEqual([
    { document: null, count: 4, lastDate: '2027-03-01' },
    { document: viewerId, count: 1, lastDate: '2027-03-01' },
  ]);
  ctx.clock.advance(2 * 86_400_000);
  expect(await usesOf('User.language', 3)).toHaveLength(2);
  expect(await usesOf('User.language', 2)).toEqual([]);
});

it('pages through every field of the schema, used or not', async () => {
  const first = await usage({ first: 2 });
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await usage({ first: 2, after: first.pageInfo.endCursor });
  expect(second.nodes[0].field > first.nodes[1].field).toBe(true);
  expect((await usage({ field: 'User.gone' })).nodes).toEqual([]);
  const bad = await server.post(await adminToken(), {
    query: USAGE,
    variables: { deprecatedOnly: false, days: 91, first: 1 },
  });
  expect(bad.body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

it('says when a client and its secret were last here, and from where', async () => {
  const made = await apiClient(ctx);
  await server.post(await tokenOf(server, made), { query: '{ viewer { name } }' });
  await server.usage.flush();
  const [row] = await psql<{ at: Date; last_address: string; used: Date }>(
    `select c.last_used_at as at, c.last_address, s.last_used_at as used from api_client c join api_secret k on k.client_id = c.id
     join session s on s.id = k.id where c.id = $1`,
    [made.client.id],
  );
  expect(row).toEqual({ at: ctx.clock.now(), last_address: '127.0.0.1', used: ctx.clock.now() });
});

describe('the counter', () => {
  const uses = { document: null, fields: ['Query.viewer', 'User.id'] };
  const counted = async (field: string) =>
    (
      await psql<{ count: number }>(
        'select coalesce(sum(count), 0)::integer as count from field_usage where field = $1',
        [field],
      )
    )[0]?.count;
  const caller = (of: Viewer | null) => ({ viewer: of, address: null });

  it('keeps what it could not write, and adds up what several processes have counted', async () => {
    await psql('delete from field_usage');
    let away = true;
    const broken = {
      ...db,
      query: (...asked: Parameters<typeof db.query>) =>
        away ? Promise.reject(new Error('away')) : db.query(...asked),
    };
    const counters = [broken, db].map(
      (on) => new UsageCounter({ db: on as typeof db, clock: ctx.clock, log: ctx.log }),
    );
    for (let round = 0; round < 10; round++)
      for (const counter of counters) counter.count(uses, caller(null));
    await Promise.all(counters.map((counter) => counter.flush()));
    expect(await counted('User.id')).toBe(10);
    away = false;
    counters[0]?.count(uses, caller(null));
    await Promise.all(counters.map((counter) => counter.close()));
    expect(await counted('User.id')).toBe(21);
  });

  it('is not waited for by instances that count the same in another order', async () => {
    await psql('delete from field_usage');
    const made = await Promise.all(Array.from({ length: 6 }, () => apiClient(ctx)));
    const sessions = await psql<{ id: string; client_id: string }>('select id, client_id from api_secret');
    const viewers = made.map(({ client }) => ({
      userId: client.id,
      sessionId: sessions.find((s) => s.client_id === client.id)?.id ?? '',
      role: 'MEMBER' as const,
      client: {} as never,
    }));
    const flushes = Array.from({ length: 8 }, (_, n) => {
      const counter = new UsageCounter({ db, clock: ctx.clock, log: ctx.log });
      for (const of of n % 2 ? viewers : viewers.toReversed()) counter.count(uses, caller(of));
      return counter.flush();
    });
    await Promise.all(flushes);
    expect(await counted('Query.viewer')).toBe(48);
  });

  it('is bounded, and says that it has left something out', async () => {
    const counter = new UsageCounter({ db, clock: ctx.clock, log: ctx.log });
    for (let n = 0; n < 2_050; n++) counter.count({ document: null, fields: [] }, caller(null));
    await counter.flush();
    expect(ctx.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', facts: { operations: 50 } }),
    );
  });

  it('forgets by retention', async () => {
    await psql(
      `insert into field_usage (day, client_id, field, count) values ('2026-01-01', null, 'Old.field', 1)`,
    );
    expect(await pruneUsage(db, ctx.clock.fixed(), 90)).toBe(1);
    expect(await counted('Old.field')).toBe(0);
  });
});
