import fc from 'fast-check';
import type { Role } from '../../../src/domain/act.js';
import { COLOURS, type ColourSpan } from '../../../src/domain/availability/colour.js';
import { colourSpans } from '../../../src/domain/availability/colour-spans.js';
import { readToColour } from '../../../src/domain/availability/read-to-colour.js';
import type { Conflict, ReasonCode } from '../../../src/domain/decisions/reason.js';
import { newId } from '../../../src/domain/ids.js';
import { createReservation } from '../../../src/domain/reservations/create-reservation.js';
import { BUSY_KEYS } from '../../../src/sql/availability/busy-columns.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { place, pool, resourceType, room } from '../../kit/things.js';

const { db, psql } = await useDatabase();
const HOUR = 3_600_000;
const MINUTE = 60_000;
/** A weekend on which Europe puts its clocks forward. */
const FROM = Date.parse('2027-03-27T00:00:00Z');
const TO = Date.parse('2027-03-30T00:00:00Z');
const NOW = '2027-03-27T06:00:00.000Z';
const shown = { resource: null, busy: BUSY_KEYS };
const window = { startsAt: new Date(FROM), endsAt: new Date(TO) };

const site = await place(db);
const building = await place(db, { kind: 'BUILDING', parentId: site.id });
const type = await resourceType(db);
const where = { typeId: type.id, placeId: building.id };
const whole = await room(db, { ...where, timeZone: 'Europe/Berlin' });
const part = await room(db, { ...where, timeZone: 'Europe/Berlin' });
const other = await room(db, { ...where, timeZone: 'Europe/Berlin', setupMinutes: 20 });
const far = await room(db, { ...where, timeZone: 'America/New_York' });
const things = await pool(db, { ...where, timeZone: 'Europe/Berlin', capacity: 2 });
const resources = [whole, part, other, far, things];
await psql(`update resource set setup_minutes = null, teardown_minutes = null where id <> $1`, [other.id]);
for (const each of [part, other])
  await psql('insert into resource_part (whole_id, part_id, depth) values ($1, $2, 1)', [whole.id, each.id]);
const [groupId, trainingId] = [newId(), newId()];
await psql(`insert into user_group (id, name) values ($1, 'Chemists')`, [groupId]);
await psql(`insert into training (id, name) values ($1, 'Lasers')`, [trainingId]);

const hour = fc.integer({ min: 0, max: 24 }).map((n) => `${String(n).padStart(2, '0')}:00`);
const span = fc.record({ opens: hour.filter((time) => time !== '24:00'), closes: hour });
const settings = {
  OPENING_HOURS: fc.record({
    week: fc.array(
      fc.record({
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 3 }),
        spans: fc.array(span, { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    exceptions: fc.constant([]),
  }),
  BUFFERS: fc.record({
    setupMinutes: fc.constantFrom(0, 10, 90),
    teardownMinutes: fc.constantFrom(0, 15, 120),
  }),
  NOTICE: fc.record({
    leastMinutes: fc.constantFrom(null, 0, 45, 600),
    horizonDays: fc.constantFrom(null, 0, 1, 30),
    cancelMinutes: fc.constant(null),
  }),
  ACCESS: fc.record({
    roles: fc.constantFrom(null, ['MEMBER'], ['GUEST', 'MEMBER']),
    groupIds: fc.constantFrom(null, [groupId]),
    trainingIds: fc.constantFrom([], [trainingId]),
  }),
};
type Kind = keyof typeof settings;
const scope = fc.constantFrom('resource', 'type', 'place', 'organisation');
const ruleOf = (kind: Kind) =>
  fc.record({
    kind: fc.constant(kind),
    scope,
    which: fc.integer({ min: 0, max: resources.length - 1 }),
    effectiveFrom: fc.constantFrom(null, '2027-03-28', '2027-03-29'),
    exemptRoles: fc.constantFrom<Role[]>([], [], ['MANAGER'], ['MEMBER']),
    settings: fc.oneof(
      { weight: 6, arbitrary: settings[kind] as fc.Arbitrary<object | null> },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
  });
const rule = fc.constantFrom<Kind>('OPENING_HOURS', 'BUFFERS', 'NOTICE', 'ACCESS').chain(ruleOf);
const closure = fc.record({
  scope,
  which: fc.integer({ min: 0, max: resources.length - 1 }),
  startHour: fc.integer({ min: 0, max: 71 }),
  hours: fc.integer({ min: 1, max: 12 }),
});
const reserved = fc.record({
  which: fc.integer({ min: 0, max: resources.length - 1 }),
  from: fc.integer({ min: 0, max: 71 * 4 }),
  quarters: fc.integer({ min: 1, max: 24 }),
  quantity: fc.integer({ min: 1, max: 2 }),
  isHeld: fc.boolean(),
});
const probe = fc.record({
  which: fc.integer({ min: 0, max: resources.length - 1 }),
  span: fc.integer({ min: 0, max: 1_000 }),
  /** Where in the span it starts, in parts of it; so many minutes before that. */
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  before: fc.constantFrom(0, 0, 0, 5, 61),
  minutes: fc.integer({ min: 1, max: 120 }),
});
const world = fc.record({
  role: fc.constantFrom<Role>('MEMBER', 'MEMBER', 'MANAGER', 'GUEST'),
  inGroup: fc.boolean(),
  trainedUntil: fc.constantFrom(undefined, null, '2027-03-28T15:30:00Z'),
  rules: fc.array(rule, { maxLength: 6 }),
  closures: fc.array(closure, { maxLength: 2 }),
  reservations: fc.array(reserved, { maxLength: 30 }),
  isInactive: fc.constantFrom(false, false, false, false, true),
  probes: fc.array(probe, { minLength: 12, maxLength: 12 }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

const scopeOf = (of: { scope: string; which: number }) => [
  of.scope === 'resource' ? resources[of.which]?.id : null,
  of.scope === 'type' ? type.id : null,
  of.scope === 'place' ? site.id : null,
];

const input = (resourceId: string, from: number, to: number, quantity = 1) => ({
  title: 'x',
  details: '',
  window: { startsAt: new Date(from), endsAt: new Date(to) },
  resources: [{ resourceId, quantity }],
  holdMs: null as number | null,
  ownerId: null,
  idempotencyKey: null,
  dryRun: false,
});

/** Writes everything as psql would, the reservations first: they need not obey the rules that come later. */
async function build({ role, inGroup, trainedUntil, rules, closures, reservations, isInactive }: World) {
  await psql(`delete from rule`);
  await psql(`delete from closure`);
  await psql(`delete from reservation`);
  await psql(`update resource set status = 'ACTIVE'`);
  const manager = testCtx(db, (await person(db, 'MANAGER')).viewer);
  manager.clock.set('2027-03-27T05:50:00.000Z');
  for (const { which, from, quarters, quantity, isHeld } of reservations) {
    const [at, thing] = [FROM + from * 15 * MINUTE, resources[which] as (typeof resources)[0]];
    const wanted = input(thing.id, at, at + quarters * 15 * MINUTE, thing.pooled ? quantity : 1);
    await createReservation(manager, { ...wanted, holdMs: isHeld ? HOUR / 2 : null });
  }
  const viewer = await person(db, role);
  if (inGroup)
    await psql('insert into group_member (group_id, user_id) values ($1, $2)', [groupId, viewer.id]);
  if (trainedUntil !== undefined)
    await psql(
      'insert into user_training (user_id, training_id, granted_at, valid_until) values ($1, $2, $3, $4)',
      [viewer.id, trainingId, NOW, trainedUntil],
    );
  for (const each of rules)
    await psql(
      `insert into rule (id, resource_id, type_id, place_id, kind, effective_from, exempt_roles, settings)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [newId(), ...scopeOf(each), each.kind, each.effectiveFrom, each.exemptRoles, each.settings],
    );
  for (const each of closures) {
    const starts = new Date(FROM + each.startHour * HOUR);
    const ends = new Date(starts.getTime() + each.hours * HOUR);
    await psql(
      `insert into closure (id, resource_id, type_id, place_id, title, starts_local, ends_local, creator_id)
       values ($1, $2, $3, $4, 'Painting', $5, $6, $7)`,
      [
        newId(),
        ...scopeOf(each),
        starts.toISOString().slice(0, -1),
        ends.toISOString().slice(0, -1),
        viewer.id,
      ],
    );
  }
  if (isInactive) await psql(`update resource set status = 'MAINTENANCE' where id = $1`, [part.id]);
  const ctx = testCtx(db, viewer.viewer);
  ctx.clock.set(NOW);
  return ctx;
}

const BUSY: readonly ReasonCode[] = ['SLOT_TAKEN', 'SLOT_HELD', 'BUFFER_CONFLICT', 'CAPACITY_EXCEEDED'];
type Refusal = readonly { code: ReasonCode; conflicts: readonly Conflict[] }[];

/** Whether the refusal says what the colour of a span that the window meets says. */
function says(refusal: Refusal, each: ColourSpan, from: number, to: number): boolean {
  const codes = refusal.map(({ code }) => code);
  if (each.colour === 'FREE' || !each.cause) return true;
  const { code, reservationId } = each.cause;
  if (each.colour === 'TAKEN' || each.colour === 'HELD') {
    const named = refusal.flatMap(({ conflicts }) => conflicts.map((conflict) => conflict.reservationId));
    // Of a reservation whose buffers alone are met, the engine says so.
    const isTold = codes.includes(code) || codes.includes('BUFFER_CONFLICT');
    return isTold && (!reservationId || named.includes(reservationId));
  }
  if (code === 'CLOSED' || code === 'OUTSIDE_OPENING_HOURS') return codes.includes(code);
  // The others are about a start or an end, so the whole window counts.
  if (from < each.startsAt || each.endsAt < to) return true;
  return code === 'BUFFER_CONFLICT' ? BUSY.some((busy) => codes.includes(busy)) : codes.includes(code);
}

const seen = new Set<ColourSpan['colour']>();

async function judged(world: World): Promise<void> {
  const ctx = await build(world);
  const ids = resources.map(({ id }) => id);
  const { rows, sight } = await readToColour(ctx, ids, window, shown);
  const coloured = rows.map((row) => colourSpans(row, sight));
  for (const spans of coloured) {
    expect(spans[0]?.startsAt).toBe(FROM);
    expect(spans.at(-1)?.endsAt).toBe(TO);
    for (const [index, each] of spans.entries()) {
      expect(each.endsAt).toBeGreaterThan(each.startsAt);
      expect(spans[index + 1]?.startsAt ?? TO).toBe(each.endsAt);
    }
  }
  for (const { which, span: chosen, part: along, before, minutes } of world.probes) {
    const spans = coloured[which] as readonly ColourSpan[];
    const { startsAt, endsAt } = spans[chosen % spans.length] as ColourSpan;
    const length = Math.min(minutes * MINUTE, Math.max(MINUTE, endsAt - startsAt));
    const inside = startsAt + Math.floor(((endsAt - startsAt - length) * along) / MINUTE) * MINUTE;
    const from = Math.max(FROM, inside - before * MINUTE);
    const to = Math.min(TO, from + length);
    const result = await createReservation(ctx, { ...input(ids[which] as string, from, to), dryRun: true });
    const refusal = ('reasons' in result ? result.reasons : []) as Refusal;
    const met = spans.filter((each) => each.startsAt < to && each.endsAt > from);
    const [only] = met;
    if (met.length === 1 && only?.colour === 'FREE') expect(result).toHaveProperty('node');
    for (const each of met) {
      expect([
        each.colour,
        each.cause?.code,
        refusal.map(({ code }) => code),
        says(refusal, each, from, to),
      ]).toEqual([each.colour, each.cause?.code, expect.anything(), true]);
      seen.add(each.colour);
    }
  }
}

it('colours as the engine decides: what is free passes, and every other colour is a reason of the refusal', async () => {
  await fc.assert(fc.asyncProperty(world, judged), { numRuns: 50 });
  // Every colour was met, so that nothing is true of none.
  expect(COLOURS.filter((colour) => !seen.has(colour))).toEqual([]);
}, 120_000);
