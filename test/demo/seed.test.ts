import { DEMO_PASSWORD, seedDemo } from '../../src/demo/seed.js';
import { openCase } from '../../src/domain/decisions/case.js';
import { judgeRules } from '../../src/domain/decisions/decide.js';
import { judgeQuotaInOrder } from '../../src/domain/decisions/judge-quota-in-order.js';
import { RULE_KINDS } from '../../src/domain/schedules/rule.js';
import { ruleBooksOf } from '../../src/domain/schedules/rule-books.js';
import { PasswordHasher } from '../../src/domain/users/password-hasher.js';
import { readPeople } from '../../src/sql/people/read-people.js';
import type { Placement } from '../../src/sql/rules/read-placements.js';
import { readUpcoming } from '../../src/sql/rules/read-upcoming.js';
import { instance } from '../domain/auth/identity-kit.js';
import { ask } from '../graphql/identity-query.js';
import { ManualClock } from '../kit/clock.js';
import { testCtx } from '../kit/ctx.js';
import { cloneDatabase, useDatabase } from '../kit/database.js';
import { DOUBLE_USE } from '../kit/parts.js';
import { person } from '../kit/people.js';

const { db, psql } = await useDatabase();
const clock = new ManualClock('2027-03-24T10:00:00Z'); // the fortnight crosses the European clock change
const hasher = new PasswordHasher();
const summary = await seedDemo(db, clock, hasher);

it('makes a believable organisation: several sites and zones, 60+ resources with pools, 40 people', async () => {
  expect(summary).toMatchObject({ sites: 3, users: 40 });
  expect(summary?.resources).toBeGreaterThanOrEqual(60);
  const [facts] = await psql<{ zones: string; pools: string; types: string; roles: string }>(
    `select count(distinct time_zone) as zones, count(*) filter (where pooled) as pools, count(distinct type_id) as types,
       (select count(distinct role) from app_user) as roles from resource`,
  );
  expect(Number(facts?.zones)).toBeGreaterThanOrEqual(2);
  expect(Number(facts?.pools)).toBeGreaterThanOrEqual(6);
  expect(Number(facts?.types)).toBe(5);
  expect(Number(facts?.roles)).toBeGreaterThanOrEqual(3);
});

it('fills two weeks of working days in the local time of each resource', async () => {
  expect(summary?.reservations).toBeGreaterThan(500);
  const [{ outside, days } = { outside: '?', days: '?' }] = await psql<{ outside: string; days: string }>(
    `select count(*) filter (where local::time < '08:00' or local::time > '18:00' or extract(isodow from local) > 5) as outside,
       count(distinct local::date) as days
     from (select v.starts_at at time zone r.time_zone as local
       from reservation v join claim c on c.reservation_id = v.id join resource r on r.id = c.resource_id) starts`,
  );
  expect(Number(outside)).toBe(0);
  expect(Number(days)).toBe(10);
});

it('gives each reservation that occupies its number in the stream', async () => {
  const [row] = await psql<{ claims: string; changes: string }>(
    'select (select count(*) from claim where occupies) as claims, (select count(*) from outbox) as changes',
  );
  expect(row?.changes).toBe(row?.claims);
});

it('contradicts none of its rules: whatever lies ahead would be made again, notice aside', async () => {
  const viewer = await person(db, 'ADMINISTRATOR');
  const ctx = testCtx(db, viewer.viewer, clock);
  const everything = { resourceId: null, typeId: null, placeId: null };
  const { claims } = await readUpcoming(db, clock.fixed(), everything, 10_000);
  expect(claims.length).toBeGreaterThan(200);
  const { book, placements } = await ruleBooksOf(db).placing(claims.map(({ resourceId }) => resourceId));
  const owners = await readPeople(
    db,
    claims.map(({ ownerId }) => ownerId),
  );
  const made = claims.map(({ from, to, reservationId, ...wish }) => {
    const window = { startsAt: new Date(from), endsAt: new Date(to) };
    const parties = { actorRole: owners.get(wish.ownerId)?.role ?? 'GUEST', owners };
    const of = placements.get(wish.resourceId) as Placement;
    const at = openCase({ ...wish, window, keepsStart: false }, book, of, [], clock.now().getTime(), parties);
    return { reservationId, at };
  });
  const reasons = made.flatMap(({ at }) => judgeRules(at)).filter(({ rule }) => rule?.kind !== 'NOTICE');
  expect(reasons).toEqual([]);
  expect(await judgeQuotaInOrder(ctx, 'Meeting hours', made)).toEqual(new Map());
});

it('has a rule of each kind, and an instrument that is not for everybody', async () => {
  const kinds = await psql<{ kind: string }>('select distinct kind from rule order by kind');
  expect(kinds.map(({ kind }) => kind)).toEqual([...RULE_KINDS].sort());
  const { ctx } = await instance(db, { clock });
  const { viewer } = await person(db, 'MEMBER');
  const { data, errors } = await ask(
    ctx,
    viewer,
    `{ resources(first: 2, filter: { search: "Electron microscope" }) { nodes { name rules { origin summary } } } }`,
  );
  expect(errors).toEqual([]);
  expect(data.resources.nodes[0].rules).toEqual([
    { origin: 'PLACE', summary: 'Open Mon–Sat 06:00–22:00.' },
    { origin: 'TYPE', summary: '15 min after each reservation is kept free.' },
    { origin: 'RESOURCE', summary: 'For members of Microscopy, with Electron microscope introduction.' },
    {
      origin: 'TYPE',
      summary:
        'Check in from 30 min before the start on; free again 30 min after it without; a series ends after 3 dates in a row without. Does not bind administrators and managers.',
    },
    {
      origin: 'TYPE',
      summary:
        'From the waitlist an offer can be taken for 2 h; one person waits for at most 5 things; by priority (0 for others) members of Microscopy (10).',
    },
    { origin: 'RESOURCE', summary: 'Laboratory rules: who reserves accepts the terms, version 1, once.' },
  ]);
});

it('lets its people sign in, and leaves a database alone that knows a place', async () => {
  const [member] = await psql<{ password_hash: string }>(
    `select password_hash from app_user where email = 'member@example.org'`,
  );
  expect(await hasher.verify(member?.password_hash ?? null, DEMO_PASSWORD)).toBe(true);
  expect(await seedDemo(db, clock, hasher)).toBeNull();
});

it('lets members look after single resources', async () => {
  const kept = await psql<{ name: string; email: string }>(
    `select r.name, u.email from resource_manager m join resource r on r.id = m.resource_id join app_user u on u.id = m.user_id
     where u.role = 'MEMBER' order by r.name`,
  );
  expect(kept.length).toBeGreaterThanOrEqual(10);
  expect(kept).toContainEqual({ name: 'Car 1', email: 'member@example.org' });
});

it('has a hall in two halves, both in use but never together with it, and rooms that offer add-ons', async () => {
  const used = await psql<{ name: string; count: number }>(
    `select r.name, count(*)::integer as count from claim c join resource r on r.id = c.resource_id
     where r.name like 'Conference hall%' and c.kind = 'OWN' and c.occupies group by 1 order by 1`,
  );
  expect(used.map(({ name }) => name)).toEqual([
    'Conference hall',
    'Conference hall, east half',
    'Conference hall, west half',
  ]);
  expect(await psql(DOUBLE_USE)).toEqual([{ count: 0 }]);
  const offered = await psql<{ name: string; add_on_only: boolean }>(
    `select distinct r.name, r.add_on_only from resource_add_on a join resource r on r.id = a.pool_id order by 1`,
  );
  expect(offered).toEqual([
    { name: 'Projectors', add_on_only: false },
    { name: 'Whiteboard carts', add_on_only: true },
  ]);
});

it('shows itself whole by GraphQL', async () => {
  const { ctx } = await instance(db, { clock });
  const { viewer } = await person(db, 'MANAGER');
  const source = `{
    resourceTypes { nodes { id name description attributes { key label kind unit choices isRequired } } }
    places(first: 200) { nodes { id kind name timeZone parent { name } path { name } } }
    resources(first: 200) { nodes { id name description isPool capacity seats status statusReason tags timeZone
      type { name } place { name } managers { name } attributes { key text number boolean } } }
  }`;
  const { data, errors } = await ask(ctx, viewer, source);
  expect(errors).toEqual([]);
  expect(data.resources.nodes).toHaveLength(summary?.resources ?? 0);
  const car = data.resources.nodes.find(({ name }: { name: string }) => name === 'Car 1');
  expect(car.attributes).toMatchObject([
    { key: 'drive', text: expect.any(String) },
    { key: 'range', number: expect.any(Number) },
  ]);
});

it('is the same organisation with the same reservations for the same instant', async () => {
  const twin = await cloneDatabase();
  try {
    await seedDemo(await twin.open(), clock, hasher);
    const facts = `select r.name, t.name as place, v.title, v.state, v.starts_at, v.ends_at, c.quantity, u.email
      from reservation v join claim c on c.reservation_id = v.id join resource r on r.id = c.resource_id
      join place t on t.id = r.place_id join app_user u on u.id = v.owner_id
      order by r.name, t.name, v.starts_at, v.title, c.quantity, u.email, v.state`;
    expect(await twin.psql(facts)).toEqual(await psql(facts));
  } finally {
    await twin.drop();
  }
});
