import { getOperationAST, type OperationDefinitionNode, parse } from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { ruleBooksOf } from '../../src/domain/schedules/rule-books.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { executeOperation } from '../../src/graphql/execution/execute.js';
import { admit } from '../../src/graphql/limits/admit.js';
import type { Database, Statement } from '../../src/sql/statement.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { pool, room } from '../kit/things.js';

const { db, psql } = await useDatabase();
const schema = buildHoldfastSchema();
const member = await person(db);
const ctx = testCtx(db, member.viewer);
const DAY = '2027-03-02T';

interface Span {
  startsAt: string;
  endsAt: string;
  colour: string;
  quantity: number;
  cause: { code: string; reservation: { title: string } | null } | null;
}
interface Shown {
  version: number;
  spans: Span[];
  line: string;
  busy: object[];
  free: object[];
}

const DOCUMENT = parse(`query($resources: [ID!]!, $window: WindowInput!, $step: Int!) {
  availability(resources: $resources, window: $window) {
    version line(stepMinutes: $step) busy { startsAt endsAt } free { quantity }
    spans { startsAt endsAt colour quantity cause { code message title heldUntil reservation { title } } } } }`);

async function ask(
  resourceIds: readonly string[],
  options: { viewer?: Viewer; on?: Database; from?: string; to?: string; step?: number } = {},
) {
  const { viewer = member.viewer, on = db, from = '00:00', to = '24:00', step = 60 } = options;
  const end = to === '24:00' ? '2027-03-03T00:00:00Z' : `${DAY}${to}:00Z`;
  const result = await executeOperation({
    schema,
    document: DOCUMENT,
    contextValue: { ...ctx, db: on, viewer },
    variableValues: {
      resources: resourceIds.map((id) => globalId('Resource', id)),
      window: { startsAt: `${DAY}${from}:00Z`, endsAt: end },
      step,
    },
  });
  return { errors: result.errors, shown: (result.data?.availability ?? []) as Shown[] };
}

const reserve = async (resourceId: string, from: string, to: string, holdMs: number | null = null) => {
  const made = await createReservation(ctx, {
    title: 'Secret plans',
    details: '',
    window: { startsAt: new Date(`${DAY}${from}:00Z`), endsAt: new Date(`${DAY}${to}:00Z`) },
    resources: [{ resourceId, quantity: 1 }],
    holdMs,
    ownerId: null,
    idempotencyKey: null,
    dryRun: false,
  });
  if (!('node' in made)) throw new Error(JSON.stringify(made));
};

const rule = (kind: string, resourceId: string, settings: object) =>
  psql('insert into rule (id, kind, resource_id, settings) values ($1, $2, $3, $4)', [
    newId(),
    kind,
    resourceId,
    JSON.stringify(settings),
  ]);
const close = (resourceId: string, from: string, to: string) =>
  psql(
    `insert into closure (id, resource_id, title, starts_local, ends_local, creator_id) values ($1, $2, 'Painting', $3, $4, $5)`,
    [newId(), resourceId, `${DAY}${from}`, `${DAY}${to}`, member.id],
  );

const brief = ({ startsAt, endsAt, colour, cause }: Span) =>
  `${startsAt.slice(11, 16)}-${endsAt.slice(11, 16)} ${colour}${cause ? ` ${cause.code}` : ''}`;

it('cuts the window into spans of one colour, the strongest first, and says why each is not free', async () => {
  const { id } = await room(db, { setupMinutes: 15 });
  await reserve(id, '09:00', '10:00');
  await reserve(id, '12:00', '13:00', 86_400_000);
  await close(id, '12:30', '15:00');
  await rule('OPENING_HOURS', id, {
    week: [{ days: [2], spans: [{ opens: '08:00', closes: '18:00' }] }],
    exceptions: [],
  });
  await rule('NOTICE', id, { leastMinutes: 25.5 * 60, horizonDays: null, cancelMinutes: null });
  const { shown } = await ask([id]);
  expect(shown[0]?.spans.map(brief)).toEqual([
    '00:00-08:00 OUTSIDE_HOURS OUTSIDE_OPENING_HOURS',
    '08:00-08:45 NOT_PERMITTED TOO_SOON',
    '08:45-10:00 TAKEN SLOT_TAKEN',
    '10:00-10:15 NOT_PERMITTED BUFFER_CONFLICT',
    '10:15-11:45 FREE',
    '11:45-13:00 HELD SLOT_HELD',
    '13:00-15:00 CLOSED CLOSED',
    '15:00-18:00 FREE',
    '18:00-00:00 OUTSIDE_HOURS OUTSIDE_OPENING_HOURS',
  ]);
  expect(shown[0]?.spans[5]?.cause).toMatchObject({
    heldUntil: '2027-03-02T08:00:00.000Z',
    reservation: { title: 'Secret plans' },
  });
  expect(shown[0]?.spans[6]?.cause).toMatchObject({ title: 'Painting', message: 'Closed: Painting.' });
  expect(shown[0]?.line).toBe('OOOOOOOOTTNHHCCFFFOOOOOO');
});

it('shows what lies beside the window only as the room that it takes from buffers', async () => {
  const { id } = await room(db, { setupMinutes: 30, teardownMinutes: 30 });
  await reserve(id, '09:00', '10:00');
  const { shown } = await ask([id], { from: '10:30', to: '12:00', step: 15 });
  expect(shown[0]?.spans.map(brief)).toEqual([
    '10:30-11:00 NOT_PERMITTED BUFFER_CONFLICT',
    '11:00-12:00 FREE',
  ]);
  expect(shown[0]).toMatchObject({ busy: [], free: [{ quantity: 1 }], line: 'NNFFFF' });
});

it('counts what is left of a pool, and calls it held where the last of it may come back', async () => {
  const { id } = await pool(db, { capacity: 2 });
  await reserve(id, '09:00', '11:00');
  await reserve(id, '10:00', '12:00', 3_600_000);
  await reserve(id, '11:00', '13:00');
  const { shown } = await ask([id], { from: '08:00', to: '14:00' });
  expect(shown[0]?.spans.map((span) => `${brief(span)} ${span.quantity}`)).toEqual([
    '08:00-09:00 FREE 2',
    '09:00-10:00 FREE 1',
    '10:00-11:00 HELD CAPACITY_EXCEEDED 0',
    '11:00-12:00 HELD CAPACITY_EXCEEDED 0',
    '12:00-13:00 FREE 1',
    '13:00-14:00 FREE 2',
  ]);
});

it('shows guests that something is taken, not what, and that it is not theirs to reserve', async () => {
  const guest = await person(db, 'GUEST');
  const { id } = await room(db);
  await reserve(id, '09:00', '10:00');
  const { shown } = await ask([id], { viewer: guest.viewer, from: '09:00', to: '11:00' });
  expect(shown[0]?.spans.map(brief)).toEqual([
    '09:00-10:00 TAKEN SLOT_TAKEN',
    '10:00-11:00 NOT_PERMITTED NOT_PERMITTED',
  ]);
  expect(shown[0]?.spans[0]?.cause?.reservation).toBeNull();
});

it('exempts the viewer from rules that exempt their role', async () => {
  const manager = await person(db, 'MANAGER');
  const { id } = await room(db);
  await psql(
    `insert into rule (id, kind, resource_id, exempt_roles, settings) values ($1, 'NOTICE', $2, '{MANAGER}', $3)`,
    [newId(), id, { leastMinutes: null, horizonDays: 0, cancelMinutes: null }],
  );
  const [mine, theirs] = [await ask([id]), await ask([id], { viewer: manager.viewer })];
  expect(mine.shown[0]?.spans.map(brief)).toEqual(['00:00-00:00 NOT_PERMITTED TOO_FAR_AHEAD']);
  expect(theirs.shown[0]?.spans.map(brief)).toEqual(['00:00-00:00 FREE']);
});

it('reads 1,000 resources in one statement, and the rule book again where it has moved on', async () => {
  const asked: string[] = [];
  const on = {
    query: <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
      asked.push(statement.name.replace(/-[0-9a-f]{16}$/, ''));
      return db.query(statement, values);
    },
  } as unknown as Database;
  const { id, typeId, placeId } = await room(db);
  await psql(
    `insert into resource (id, name, type_id, place_id, time_zone)
     select gen_random_uuid(), 'Many ' || i, $1, $2, 'UTC' from generate_series(1, 999) i`,
    [typeId, placeId],
  );
  const others = await psql<{ id: string }>(`select id from resource where type_id = $1 and id <> $2`, [
    typeId,
    id,
  ]);
  const ids = [id, ...others.map((each) => each.id)];
  await ruleBooksOf(on).current();
  asked.length = 0;
  const first = await ask(ids, { on });
  expect([first.errors, first.shown.length, asked]).toEqual([undefined, 1_000, ['read-coloured']]);
  await close(id, '09:00', '10:00');
  const second = await ask(ids, { on });
  expect(second.shown[0]?.line).toBe(first.shown[0]?.line.replace(/^(.{9})./, '$1C'));
  expect(asked).toEqual(['read-coloured', 'read-coloured', 'read-rule-book']);
});

it('refuses lines of too many steps, and more days than can be coloured at once', async () => {
  const { id } = await room(db);
  expect((await ask([id], { step: 0 })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  const many = Array.from({ length: 1_000 }, () => newId());
  const result = await executeOperation({
    schema,
    document: DOCUMENT,
    contextValue: ctx,
    variableValues: {
      resources: many.map((each) => globalId('Resource', each)),
      window: { startsAt: '2027-03-01T00:00:00Z', endsAt: '2027-03-16T00:00:00Z' },
      step: 60,
    },
  });
  expect(result.errors?.[0]?.extensions).toEqual({ code: 'COST_EXCEEDED', cost: 15_000, limit: 14_000 });
});

it('lets a calendar of 1,000 resources in, and not one that also loads every reservation', () => {
  const cost = (fields: string) => {
    const document = parse(
      `query($resources: [ID!]!, $window: WindowInput!) { availability(resources: $resources, window: $window) { resource { id name } ${fields} } }`,
    );
    const variables = { resources: Array.from({ length: 1_000 }, () => newId()), window: {} };
    return admit(schema, document, getOperationAST(document) as OperationDefinitionNode, variables);
  };
  expect(cost('spans { startsAt endsAt colour cause { code message title heldUntil } }')).toBeNull();
  expect(cost('spans { colour cause { reservation { title } } }')?.extensions.code).toBe('COST_EXCEEDED');
});
