import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { updateUser } from '../../src/domain/users/update-user.js';
import { instance } from '../domain/auth/identity-kit.js';
import { sealAll } from '../kit/audit.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx } = await instance(db);
const admin = await person(db, 'ADMINISTRATOR', { name: 'Ada' });
const manager = await person(db, 'MANAGER', { name: 'Max' });
const member = await person(db, 'MEMBER', { name: 'Mia' });
const other = await person(db, 'MEMBER', { name: 'Otto' });
const guest = await person(db, 'GUEST', { name: 'Gus' });
const run = (source: string, variables: object = {}, viewer: Viewer | null = admin.viewer) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);
const as = (viewer: Viewer) => testCtx(db, viewer, ctx.clock);

const ENTRY = `id action number doneAt actor { name } subject { id } before after request source { address userAgent role session }`;
const AUDIT = `query ($first: Int, $after: String, $filter: AuditFilter) { audit(first: $first, after: $after, filter: $filter) {
  pageInfo { hasNextPage endCursor } nodes { ${ENTRY} } } }`;
const HISTORY = `query ($id: ID!) { reservation(id: $id) { history { nodes { ${ENTRY} } } } }`;

const elbe = await room(db, { name: 'Elbe' });
const spree = await room(db, { name: 'Spree' });
const mine = await reserved(as(member.viewer), [elbe.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
ctx.clock.advance(60_000);
await moveReservations(as(member.viewer), {
  moves: [
    {
      id: mine.id,
      expectedVersion: null,
      startsAt: null,
      endsAt: null,
      resources: [{ resourceId: spree.id, quantity: 1 }],
    },
  ],
  idempotencyKey: null,
  dryRun: false,
});
ctx.clock.advance(60_000);
await cancelReservation(as(manager.viewer), { id: mine.id, expectedVersion: null, idempotencyKey: null });
ctx.clock.advance(60_000);
const gone = await reserved(as(manager.viewer), [elbe.id], '2027-03-03T09:00:00Z', '2027-03-03T10:00:00Z', {
  ownerId: guest.id,
});
await updateUser(as(admin.viewer), { id: other.id, name: 'Otto II' });
await sealAll(db);

const actions = async (filter: object, viewer = admin.viewer) => {
  const { data, errors } = await run(AUDIT, { filter }, viewer);
  expect(errors).toEqual([]);
  return (data.audit.nodes as { action: string }[]).map(({ action }) => action);
};

it('shows administrators who did what, from where, with what before and after', async () => {
  const { data, errors } = await run(AUDIT, { filter: { action: 'reservation.cancel' } });
  expect(errors).toEqual([]);
  const [entry] = data.audit.nodes;
  expect(entry).toEqual({
    id: expect.stringMatching(/^aud_[0-9a-f]{32}$/),
    action: 'reservation.cancel',
    number: 3,
    doneAt: '2027-03-01T08:02:00.000Z',
    actor: { name: 'Max' },
    subject: { id: globalId('Reservation', mine.id) },
    before: expect.any(String),
    after: expect.any(String),
    request: 'test-request',
    source: {
      address: '127.0.0.1',
      userAgent: 'jest',
      role: 'MANAGER',
      session: manager.viewer.sessionId.replaceAll('-', ''),
    },
  });
  expect(JSON.parse(entry.before)).toMatchObject({ state: 'CONFIRMED', version: 2 });
  expect(JSON.parse(entry.after)).toMatchObject({ state: 'CANCELLED', version: 3 });
  const node = await run(`{ node(id: "${entry.id}") { ... on AuditEntry { action } } }`);
  expect(node.data.node).toEqual({ action: 'reservation.cancel' });
});

it('finds by person, object, action, kind of object, time and request', async () => {
  const all = [
    'user.update',
    'reservation.create',
    'reservation.cancel',
    'reservation.move',
    'reservation.create',
  ];
  expect((await actions({})).sort()).toEqual([...all].sort());
  expect(await actions({ actorId: globalId('User', member.id) })).toEqual([all[3], all[4]]);
  expect(await actions({ subjectId: globalId('Reservation', mine.id) })).toEqual([all[2], all[3], all[4]]);
  expect(await actions({ subjectId: globalId('User', other.id) })).toEqual(['user.update']);
  expect(await actions({ action: 'reservation.create' })).toHaveLength(2);
  expect(await actions({ action: 'reservation' })).toHaveLength(4);
  expect(await actions({ action: 'user' })).toEqual(['user.update']);
  expect(await actions({ action: 'use' })).toEqual([]);
  expect(await actions({ fromAt: '2027-03-01T08:01:00Z', untilAt: '2027-03-01T08:02:00Z' })).toEqual([
    all[3],
  ]);
  expect(await actions({ requestId: 'test-request', action: 'user' })).toEqual(['user.update']);
  expect(await actions({ requestId: 'another' })).toEqual([]);
  expect(await actions({ actorId: 'nonsense' })).toEqual([]);
});

it('goes on behind a cursor without leaving out or repeating any', async () => {
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data }: { data: { audit: { nodes: { id: string }[]; pageInfo: Record<string, never> } } } =
      await run(AUDIT, { first: 2, after });
    seen.push(...data.audit.nodes.map(({ id }) => id));
    after = data.audit.pageInfo.hasNextPage ? (data.audit.pageInfo.endCursor as unknown as string) : null;
  } while (after);
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});

it('shows others what they have done and what was done to their account, and nothing else', async () => {
  expect(await actions({}, member.viewer)).toEqual(['reservation.move', 'reservation.create']);
  expect(await actions({ actorId: globalId('User', manager.id) }, member.viewer)).toEqual([]);
  expect(await actions({}, manager.viewer)).toEqual(['reservation.create', 'reservation.cancel']);
  expect(await actions({}, guest.viewer)).toEqual([]);
  const { data } = await run(AUDIT, {}, other.viewer);
  expect(data.audit.nodes).toMatchObject([
    {
      action: 'user.update',
      actor: { name: 'Ada' },
      after: '{"name":"Otto II"}',
      request: 'test-request',
      source: null,
    },
  ]);
  expect(
    (await run(`{ node(id: "${data.audit.nodes[0].id}") { id } }`, {}, member.viewer)).data.node,
  ).toBeNull();
  expect((await run(AUDIT, {}, null)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
});

it('tells whoever sees a reservation who has done what with it', async () => {
  const history = async (viewer: Viewer, id = mine.id) => {
    const { data, errors } = await run(HISTORY, { id: globalId('Reservation', id) }, viewer);
    expect(errors).toEqual([]);
    return data.reservation?.history.nodes;
  };
  expect(await history(member.viewer)).toMatchObject([
    {
      action: 'reservation.cancel',
      actor: { name: 'Max' },
      before: expect.any(String),
      source: null,
      request: null,
    },
    { action: 'reservation.move', actor: { name: 'Mia' }, source: { address: '127.0.0.1' } },
    { action: 'reservation.create', actor: { name: 'Mia' } },
  ]);
  // of others' reservations not what was said about them, nor from where
  expect(await history(other.viewer)).toMatchObject([
    { actor: { name: 'Max' }, before: null, after: null, source: null, request: null },
    { actor: { name: 'Mia' }, before: null, after: null, source: null, request: null },
    { actor: { name: 'Mia' }, before: null, after: null, source: null, request: null },
  ]);
  expect(await history(guest.viewer)).toBeUndefined();
  expect(await history(guest.viewer, gone.id)).toMatchObject([
    { action: 'reservation.create', actor: null, after: expect.any(String), source: null },
  ]);
});

it('shows administrators the chain, and proves it stretch by stretch', async () => {
  const { data } = await run(
    '{ auditChain { head { number hash } base { number hash } unsealed unsealedSinceAt } }',
  );
  const { head, base } = data.auditChain;
  expect(data.auditChain).toEqual({
    head: { number: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    base: { number: 0, hash: '0'.repeat(64) },
    unsealed: 0,
    unsealedSinceAt: null,
  });
  const VERIFY = `query ($first: Int, $after: AuditHeadInput) { auditVerify(first: $first, after: $after) {
    upTo { number hash } redacted isEnd broken { kind number entry { action } } } }`;
  const part = (await run(VERIFY, { first: 3, after: base })).data.auditVerify;
  expect(part).toMatchObject({ upTo: { number: 3 }, isEnd: false, broken: null });
  const rest = (await run(VERIFY, { after: part.upTo })).data.auditVerify;
  expect(rest).toEqual({ upTo: head, redacted: 0, isEnd: true, broken: null });
  await psql(
    `set session_replication_role = replica; update audit set actor_id = null where action = 'reservation.move'`,
  );
  expect((await run(VERIFY)).data.auditVerify).toMatchObject({
    upTo: { number: 1 },
    broken: { kind: 'ENTRY_CHANGED', number: 2, entry: { action: 'reservation.move' } },
  });
});

it('tells of whoever tries what the role does not permit', async () => {
  expect((await run('{ mails { nodes { id } } }', {}, manager.viewer)).errors).toMatchObject([
    { code: 'FORBIDDEN' },
  ]);
  await ctx.identity.security.flush();
  const { data } = await run(AUDIT, {
    filter: { action: 'security', actorId: globalId('User', manager.id) },
  });
  expect(data.audit.nodes).toMatchObject([{ action: 'security.forbidden', actor: { name: 'Max' } }]);
  expect(JSON.parse(data.audit.nodes[0].after)).toMatchObject({ count: 1, field: 'Query.mails' });
});

it.each([['auditChain { unsealed }'], ['auditVerify { isEnd }']])(
  'keeps %s for administrators',
  async (field) => {
    for (const { viewer } of [manager, member, guest])
      expect((await run(`{ ${field} }`, {}, viewer)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  },
);

it.each([
  ['a cursor of another list', { after: 'bm9uc2Vuc2U' }],
  ['a page too large', { first: 201 }],
  ['an action that is none', { filter: { action: 'reservation.%' } }],
  ['a request with NUL in its name', { filter: { requestId: 'a\0b' } }],
])('refuses %s', async (_what, variables) => {
  expect((await run(AUDIT, variables)).errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
});
