import {
  type ClosuresImported,
  type ImportClosures,
  importClosures,
} from '../../../src/domain/closings/import-closures.js';
import { lookAgain, lookAhead } from '../../../src/domain/closings/look-ahead.js';
import { readClosurePage } from '../../../src/domain/schedules/closure-reader.js';
import { reserved, scopeOf } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { resourceType, room } from '../../kit/things.js';
import { toldOf } from '../../kit/told.js';

const { db, psql } = await useDatabase();
const boss = testCtx(db, (await person(db, 'MANAGER')).viewer);
const me = testCtx(db, (await person(db)).viewer);

const event = (uid: string, date: string, title: string) => `BEGIN:VEVENT
UID:${uid}
DTSTART;VALUE=DATE:${date}
SUMMARY:${title}
END:VEVENT
`;
const calendar = (...events: string[]) => `BEGIN:VCALENDAR\n${events.join('')}END:VCALENDAR\n`;
const HOLIDAYS = calendar(
  event('labour', '20270501', 'Labour Day'),
  event('unity', '20271003', 'Unity Day'),
  event('past', '20200101', 'New Year'),
);
const load = (scope: ImportClosures['scope'], text: string, more: Partial<ImportClosures> = {}) =>
  importClosures(boss, { scope, text, existing: 'KEEP', skipInvalid: false, dryRun: false, ...more });
const closuresOf = async (scope: ImportClosures['scope']) =>
  (await readClosurePage(boss, scope, null, null, 10)).map(({ title, version }) => [title, version]);
const counts = (result: object) => {
  const { createdCount, updatedCount, unchangedCount, pastCount } = result as ClosuresImported;
  return [createdCount, updatedCount, unchangedCount, pastCount];
};

it('makes closures of events, and changes them at a second import instead of doubling them', async () => {
  const scope = scopeOf({ typeId: (await resourceType(db)).id });
  expect(counts(await load(scope, HOLIDAYS))).toEqual([2, 0, 0, 1]);
  expect(counts(await load(scope, HOLIDAYS))).toEqual([0, 0, 2, 1]);
  const moved = calendar(
    event('labour', '20270503', 'Labour Day (observed)'),
    event('unity', '20271003', 'Unity Day'),
    event('xmas', '20271225', 'Christmas'),
  );
  expect(counts(await load(scope, moved))).toEqual([1, 1, 1, 0]);
  expect(await closuresOf(scope)).toEqual([
    ['Labour Day (observed)', 2],
    ['Unity Day', 1],
    ['Christmas', 1],
  ]);
  const audits = await psql<{ action: string; count: string }>(
    `select action, count(*) from audit a join closure c on c.id = a.subject_id where c.type_id = $1
     group by action order by action`,
    [scope.typeId],
  );
  expect(audits).toEqual([
    { action: 'closure.create', count: '3' },
    { action: 'closure.update', count: '1' },
  ]);
});

it('knows events apart by scope', async () => {
  const scopes = [
    scopeOf({ typeId: (await resourceType(db)).id }),
    scopeOf({ typeId: (await resourceType(db)).id }),
  ];
  for (const scope of scopes) expect(counts(await load(scope, HOLIDAYS))).toEqual([2, 0, 0, 1]);
});

it('imports once when two import at the same instant', async () => {
  const scope = scopeOf({ typeId: (await resourceType(db)).id });
  const both = await Promise.all([load(scope, HOLIDAYS), load(scope, HOLIDAYS)]);
  expect(both.map(counts).sort()).toEqual([
    [0, 0, 2, 1],
    [2, 0, 0, 1],
  ]);
});

it('imports all or nothing, unless told to skip what is wrong', async () => {
  const scope = scopeOf({ typeId: (await resourceType(db)).id });
  const text = calendar(event('labour', '20270501', 'Labour Day'), event('wrong', '20270230', 'Never'));
  expect(await load(scope, text)).toMatchObject({
    kind: 'ClosuresImportRefused',
    problems: [{ line: 7, uid: 'wrong' }],
  });
  expect(await closuresOf(scope)).toEqual([]);
  expect(await load(scope, text, { skipInvalid: true })).toMatchObject({
    createdCount: 1,
    problems: [{ line: 7, uid: 'wrong' }],
  });
  expect(await closuresOf(scope)).toEqual([['Labour Day', 1]]);
});

it('answers a dry run as it would the import, and writes nothing', async () => {
  const r = await room(db);
  const scope = scopeOf({ resourceId: r.id });
  const met = await reserved(me, [r.id], '2027-05-01T09:00:00Z', '2027-05-01T10:00:00Z');
  const dry = await load(scope, HOLIDAYS, { dryRun: true, existing: 'CANCEL' });
  expect(await closuresOf(scope)).toEqual([]);
  expect(dry).toMatchObject({ met: { totalCount: 1, reservations: [{ id: met.id, state: 'CONFIRMED' }] } });
  const wet = await load(scope, HOLIDAYS);
  expect(dry).toEqual({ ...wet, closing: null });
});

it('cancels what the closures of a calendar meet, and names the one that did', async () => {
  const r = await room(db, { name: 'Hall', timeZone: 'Europe/Berlin' });
  const scope = scopeOf({ resourceId: r.id });
  const unity = await reserved(me, [r.id], '2027-10-02T22:00:00Z', '2027-10-02T23:00:00Z');
  await reserved(me, [r.id], '2027-10-03T22:00:00Z', '2027-10-03T23:00:00Z');
  const result = await load(scope, HOLIDAYS, { existing: 'CANCEL' });
  expect(result).toMatchObject({
    met: { totalCount: 1, reservations: [{ id: unity.id, state: 'CANCELLED' }] },
  });
  expect((await toldOf(db, unity)).map(({ message }) => message)).toEqual([
    expect.stringMatching(/: Planning · Hall .* · Sun, 3 October 2027, 00:00.* · Closure: Unity Day$/),
  ]);
});

it('follows rules without an end as far as anything is reserved, and refuses what would take too long', async () => {
  const type = await resourceType(db);
  const [berlin, tokyo] = [
    await room(db, { typeId: type.id, timeZone: 'Europe/Berlin' }),
    await room(db, { typeId: type.id, timeZone: 'Asia/Tokyo' }),
  ];
  const nightly = (index: number) =>
    `BEGIN:VEVENT\nUID:${index}\nDTSTART:20270301T03${10 + index}00\nDURATION:PT1M\nRRULE:FREQ=DAILY\nSUMMARY:Cleaning\nEND:VEVENT\n`;
  const text = calendar(...Array.from({ length: 40 }, (_, index) => nightly(index)));
  const scope = scopeOf({ typeId: type.id });
  await reserved(me, [tokyo.id], '2027-09-01T18:30:00Z', '2027-09-01T18:45:00Z');
  await reserved(me, [berlin.id], '2027-09-02T18:30:00Z', '2027-09-02T18:45:00Z');
  for (const dryRun of [true, false])
    expect(await load(scope, text, { dryRun })).toMatchObject({ createdCount: 40, met: { totalCount: 1 } });
  await reserved(me, [berlin.id], '2037-02-01T18:30:00Z', '2037-02-01T18:45:00Z');
  for (const dryRun of [true, false])
    expect(await load(scope, text, { dryRun })).toEqual({
      kind: 'InvalidInput',
      path: ['input', 'text'],
      code: null,
      message:
        'By 2037-02-01, when the last reservation there ends, that is more than 50000 spans in 2 time zones: close less at once.',
    });
});

it('looks again behind the locks where something was reserved further ahead in between', async () => {
  const r = await room(db);
  const scope = scopeOf({ resourceId: r.id });
  const daily = {
    startsLocal: '2027-03-02T09:00',
    endsLocal: '2027-03-02T10:00',
    rrule: 'FREQ=DAILY',
    exdates: [],
  };
  const days = ({ spans }: { spans: readonly object[] }) => spans.length;
  const look = async () => {
    const ahead = await lookAhead(db, boss, scope, [daily], []);
    if ('kind' in ahead) throw new Error(ahead.message);
    return ahead;
  };
  const none = await look();
  expect(days(none)).toBe(0);
  await reserved(me, [r.id], '2027-03-04T09:00:00Z', '2027-03-04T10:00:00Z');
  const ahead = await look();
  expect(days(ahead)).toBe(3);
  expect(await lookAgain(db, boss, scope, ahead)).toBe(ahead.spans);
  await reserved(me, [r.id], '2027-03-09T11:00:00Z', '2027-03-09T12:00:00Z');
  expect(days({ spans: await lookAgain(db, boss, scope, ahead) })).toBe(8);
});

it('knows an event again by the longest UID that it takes', async () => {
  const scope = scopeOf({ typeId: (await resourceType(db)).id });
  // Of three bytes each, and in no order that could be packed.
  const uid = Array.from({ length: 800 }, (_, index) =>
    String.fromCodePoint(0x4e00 + ((index * 7919 * index) % 20_000)),
  ).join('');
  const text = calendar(event(uid, '20270501', 'Labour Day'));
  expect(counts(await load(scope, text))).toEqual([1, 0, 0, 0]);
  expect(counts(await load(scope, text))).toEqual([0, 0, 1, 0]);
});

it('is for those who may close the scope', async () => {
  const r = await room(db);
  const input = { scope: scopeOf({ resourceId: r.id }), text: HOLIDAYS, existing: 'KEEP' } as const;
  expect(await importClosures(me, { ...input, skipInvalid: false, dryRun: true })).toMatchObject({
    kind: 'NotFound',
  });
});
