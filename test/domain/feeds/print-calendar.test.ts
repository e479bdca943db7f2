import fc from 'fast-check';
import { printCalendar } from '../../../src/domain/feeds/print-calendar.js';
import { newId } from '../../../src/domain/ids.js';
import { localText } from '../../../src/domain/time/local-day.js';
import type { CalendarRead, EntryRow } from '../../../src/sql/feeds/read-calendar.js';
import { breaches, readByIcalJs, readByNodeIcal, type SeenEvent } from '../../kit/calendars.js';

const me = newId();
const HOUR = 3_600_000;

const entry = (facts: Partial<EntryRow> = {}): EntryRow => ({
  id: newId(),
  title: 'Planning',
  details: '',
  ownerId: me,
  creatorId: me,
  ownerName: 'Mia',
  visibility: 'PUBLIC',
  isSeen: true,
  state: 'CONFIRMED',
  startsAt: Date.parse('2027-03-02T09:00:00Z'),
  endsAt: Date.parse('2027-03-02T10:00:00Z'),
  timeZone: 'Europe/Berlin',
  seriesId: null,
  occurrence: null,
  seriesZone: null,
  version: 1,
  changedAt: Date.parse('2027-03-01T08:00:00Z'),
  asked: [{ name: 'Attic', quantity: 1 }],
  shown: [{ name: 'Attic', quantity: 1 }],
  ...facts,
});
const feed = (entries: EntryRow[], more: Partial<CalendarRead> = {}): CalendarRead => ({
  feedId: newId(),
  name: 'Mine',
  owner: { userId: me },
  entries,
  ...more,
});

/** The events, read alike by both libraries. */
function read(calendar: CalendarRead): SeenEvent[] {
  const text = printCalendar(calendar);
  expect(breaches(text)).toEqual([]);
  const seen = readByIcalJs(text);
  expect(readByNodeIcal(text)).toEqual(seen);
  return seen;
}

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/Nuuk',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Gaza',
  'Asia/Hebron',
  'Africa/Casablanca',
  'Africa/El_Aaiun',
  'Pacific/Apia',
  'Pacific/Chatham',
  'America/Sao_Paulo',
  'Antarctica/Troll',
  'Etc/GMT+12',
];
const zone = fc.constantFrom(...ZONES);
/** Around the hours in which clocks change in most zones, and anywhere. */
const CHANGES = [
  '2027-03-14',
  '2027-03-28',
  '2027-04-04',
  '2027-10-31',
  '2027-11-07',
  '2028-03-26',
  '2028-10-29',
];
const instant = fc.oneof(
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -26 * 4, max: 26 * 4 }))
    .map(([date, quarters]) => Date.parse(date) + (quarters * HOUR) / 4),
  fc
    .integer({ min: Date.parse('2026-06-01') / 60_000, max: Date.parse('2029-01-01') / 60_000 })
    .map((at) => at * 60_000),
);
const window = fc
  .tuple(instant, fc.integer({ min: 1, max: 5_000 }))
  .map(([startsAt, minutes]) => ({ startsAt, endsAt: startsAt + minutes * 60_000 }));

describe('a printed calendar', () => {
  it('gives other programs exactly the instants that were reserved, whatever clocks do', () => {
    const wanted = fc.record({ window, timeZone: fc.option(zone), title: fc.constantFrom('A', 'B') });
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 12 }), (all) => {
        const entries = all.map(({ window: when, ...facts }) => entry({ ...facts, ...when }));
        const seen = read(feed(entries)).map(({ uid, startsAt, endsAt, summary }) => [
          uid,
          startsAt,
          endsAt,
          summary,
        ]);
        const real = entries.map(({ id, startsAt, endsAt, title }) => [
          `rsv_${id.replaceAll('-', '')}@holdfast`,
          new Date(startsAt).toISOString(),
          new Date(endsAt).toISOString(),
          title,
        ]);
        expect(seen.sort()).toEqual(real.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('tells the occurrences of a series apart by when they were due, also where clocks skip that time or show it twice', () => {
    const due = fc.tuple(instant, window);
    fc.assert(
      fc.property(zone, fc.uniqueArray(due, { selector: ([at]) => at, maxLength: 8 }), (timeZone, all) => {
        const seriesId = newId();
        const entries = all.map(([at, when]) =>
          entry({
            ...when,
            timeZone,
            seriesId,
            seriesZone: timeZone,
            occurrence: localText(at, timeZone).slice(0, 19),
          }),
        );
        const seen = read(feed(entries));
        expect(seen).toHaveLength(entries.length);
        expect(seen.map(({ startsAt }) => startsAt)).toEqual(
          entries.map(({ startsAt }) => new Date(startsAt).toISOString()).sort(),
        );
        const series = seen.filter(({ uid }) => uid.startsWith('ser_'));
        expect(new Set(series.map(({ recurrenceAt }) => recurrenceAt)).size).toBe(series.length);
      }),
    );
  });

  it('carries every text over', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom('\\', ';', ',', '\n', ':', '"', 'ü', '👩🏽‍🚀', ' ', '\u2028', '\r', 'n', 'N'),
        maxLength: 200,
      }),
    );
    fc.assert(
      fc.property(text, text, text, (title, details, name) => {
        const asked = [{ name, quantity: 1 }];
        const calendar = printCalendar(
          feed([entry({ title: `t${title}`, details: `d${details}`, asked })], { name }),
        );
        expect(breaches(calendar)).toEqual([]);
        const plain = (given: string) =>
          given.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');
        expect(readByIcalJs(calendar)).toMatchObject([
          { summary: plain(`t${title}`), description: plain(`d${details}`) },
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('is a calendar even where it shows nothing', () => {
    expect(read(feed([]))).toEqual([]);
  });

  it('names pools with how much of them, somebody else as the owner, and shortens long details', () => {
    const asked = [
      { name: 'Attic', quantity: 1 },
      { name: 'Chair', quantity: 12 },
    ];
    const details = 'x'.repeat(1_001);
    expect(
      read(feed([entry({ asked, details, ownerId: newId(), ownerName: 'Max, the 2nd' })])),
    ).toMatchObject([
      {
        location: 'Attic, 12 × Chair',
        description: `Reserved by Max, the 2nd\n\n${'x'.repeat(1_000)}…`,
      },
    ]);
  });

  it('shows parts of a second as the whole one', () => {
    const at = Date.parse('2027-03-02T09:00:00.250Z');
    expect(read(feed([entry({ startsAt: at, endsAt: at + 1 })]))).toMatchObject([
      { startsAt: '2027-03-02T09:00:00.000Z', endsAt: '2027-03-02T09:00:01.000Z' },
    ]);
  });

  it('knows two reservations of one occurrence apart', () => {
    const series = { seriesId: newId(), seriesZone: 'UTC', occurrence: '2027-03-02T09:00:00' };
    const uids = read(feed([entry(series), entry(series)])).map(({ uid }) => uid.slice(0, 3));
    expect(uids.sort()).toEqual(['rsv', 'ser']);
  });
});
