import fc from 'fast-check';
import rrule from 'rrule';
import {
  allOccurrences,
  occurrencesBetween,
  occurrencesInZones,
  selfOverlap,
} from '../../../src/domain/schedules/recurrence.js';
import { checkRecurrence, type Recurrence } from '../../../src/domain/schedules/recurrence-rule.js';

const { rrulestr, RRuleSet } = rrule as unknown as typeof import('rrule');
const FAR = { most: 1_000, until: Date.UTC(2600, 0, 1) };

const series = (rule: string, facts: Partial<Recurrence> = {}): Recurrence => ({
  rrule: rule,
  startsLocal: '2027-03-01T09:00',
  endsLocal: '2027-03-01T10:00',
  timeZone: 'Europe/Berlin',
  exdates: [],
  rdates: [],
  ...facts,
});
const written = (recurrence: Recurrence) => {
  const all = allOccurrences(recurrence, FAR);
  if ('kind' in all && all.kind === 'NoDates') return [];
  if (!Array.isArray(all)) throw new Error(JSON.stringify(all));
  return all;
};
const starts = (recurrence: Recurrence) => written(recurrence).map(({ startsAt }) => startsAt.toISOString());
const keys = (recurrence: Recurrence) => written(recurrence).map(({ key }) => key.slice(0, 16));

describe('an independent implementation of RFC 5545', () => {
  const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
  const some = <T>(values: readonly T[], most = 3) =>
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
  const part = (name: string, values: fc.Arbitrary<readonly unknown[]>) =>
    values.map((each) => `;${name}=${each.join(',')}`);
  const byMonthDay = part('BYMONTHDAY', some([1, 15, 28, 29, 30, 31, -1]));
  const byDay = part('BYDAY', some(days, 5));
  const byNthDay = part('BYDAY', some(['1MO', '2TU', '-1FR', '3SU']));
  const nothing = fc.constant('');
  const rule = fc.oneof(
    fc.tuple(fc.constant('FREQ=DAILY'), fc.oneof(nothing, byDay, part('BYMONTH', some([1, 3, 7, 12])))),
    fc.tuple(fc.constant('FREQ=WEEKLY'), fc.oneof(nothing, byDay)),
    fc.tuple(
      fc.constant('FREQ=MONTHLY'),
      fc.oneof(
        nothing,
        byMonthDay,
        byNthDay,
        fc.tuple(byDay, fc.constantFrom(';BYSETPOS=1', ';BYSETPOS=-1')).map((each) => each.join('')),
      ),
    ),
    fc.tuple(
      fc.constant('FREQ=YEARLY'),
      fc.oneof(
        nothing,
        fc.constant(';BYMONTH=2;BYMONTHDAY=29'),
        part('BYMONTH', some([3, 10])).map((months) => `${months};BYDAY=-1SU`),
      ),
    ),
  );
  const end = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map((count) => `;COUNT=${count}`),
    fc.constantFrom(';UNTIL=20280229T090000', ';UNTIL=20271231T235959'),
  );
  const start = fc
    .integer({ min: 0, max: 800 })
    .map((day) => new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10));
  const shifts = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 3 });
  const drawn = fc.record({
    rule,
    interval: fc.integer({ min: 1, max: 4 }),
    end,
    start,
    excluded: shifts,
    added: shifts,
  });

  it('gives the same occurrences for random rules with dates left out and added', () => {
    let some = 0;
    fc.assert(
      fc.property(drawn, ({ rule, interval, end, start, excluded, added }) => {
        const text = `${rule.join('')};INTERVAL=${interval}${end}`;
        const on = (day: number) =>
          new Date(Date.parse(`${start}T00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
        const set = new RRuleSet();
        const dtstart = `${start.replaceAll('-', '')}T090000Z`;
        // On a clock in UTC, where UNTIL has a Z; theirs and ours then count the same days.
        set.rrule(rrulestr(`DTSTART:${dtstart}\nRRULE:${text.replace(/(UNTIL=\w+)/, '$1Z')}`));
        for (const day of added) set.rdate(new Date(`${on(day)}T09:00Z`));
        for (const day of excluded) set.exdate(new Date(`${on(day)}T09:00Z`));
        const expected = set.all().map((at) => at.toISOString());
        const mine = series(text, {
          startsLocal: `${start}T09:00`,
          endsLocal: `${start}T10:00`,
          timeZone: 'UTC',
          exdates: excluded.map(on),
          rdates: added.map(on),
        });
        expect(checkRecurrence(mine, [])).toBeNull();
        expect(starts(mine)).toEqual(expected);
        some += expected.length;
      }),
      { numRuns: 600 },
    );
    expect(some).toBeGreaterThan(3_000);
  }, 60_000);
});

describe('the wall clock', () => {
  it('keeps start and end through both changes of the clocks', () => {
    const weekly = series('FREQ=WEEKLY;COUNT=40', {
      startsLocal: '2027-03-22T09:00',
      endsLocal: '2027-03-22T10:30',
    });
    const all = written(weekly);
    expect(all[0]).toMatchObject({
      startsAt: new Date('2027-03-22T08:00Z'),
      endsAt: new Date('2027-03-22T09:30Z'),
    });
    expect(all[1]).toMatchObject({
      startsAt: new Date('2027-03-29T07:00Z'),
      endsAt: new Date('2027-03-29T08:30Z'),
    });
    expect(all.at(-1)).toMatchObject({ startsAt: new Date('2027-12-20T08:00Z'), shifted: false });
  });

  it('moves an occurrence that falls into the gap forward by it, end and all, and says so', () => {
    const nightly = series('FREQ=DAILY;COUNT=3', {
      startsLocal: '2027-03-27T02:30',
      endsLocal: '2027-03-27T03:00',
    });
    const [before, shifted, after] = written(nightly);
    expect(before).toMatchObject({ startsAt: new Date('2027-03-27T01:30Z'), shifted: false });
    expect(shifted).toEqual({
      key: '2027-03-28T02:30:00.000',
      endsLocal: '2027-03-28T03:00:00.000',
      startsAt: new Date('2027-03-28T01:30Z'),
      endsAt: new Date('2027-03-28T02:00Z'),
      shifted: true,
    });
    expect(after).toMatchObject({ startsAt: new Date('2027-03-29T00:30Z'), shifted: false });
  });

  it('takes the earlier of two, and lets the window of that night last an hour longer', () => {
    const nightly = series('FREQ=DAILY;COUNT=1', {
      startsLocal: '2027-10-31T02:30',
      endsLocal: '2027-10-31T04:00',
    });
    expect(written(nightly)).toMatchObject([
      { startsAt: new Date('2027-10-31T00:30Z'), endsAt: new Date('2027-10-31T03:00Z'), shifted: false },
    ]);
  });

  it('ends whole days with their day where clocks skip midnight, so that they never meet the next', () => {
    const days = {
      startsLocal: '2027-04-29T00:00',
      endsLocal: '2027-04-30T00:00',
      timeZone: 'Africa/Cairo',
    };
    const all = written(series('FREQ=DAILY;COUNT=3', days));
    expect(all.map(({ shifted }) => shifted)).toEqual([false, true, false]);
    expect(all[1]).toMatchObject({
      startsAt: new Date('2027-04-29T22:00Z'),
      endsAt: new Date('2027-04-30T21:00Z'),
    });
    expect(selfOverlap(all)).toBeNull();
  });

  it('keeps the hour that begins at a midnight which clocks skip', () => {
    const hour = { startsLocal: '2027-04-29T00:00', endsLocal: '2027-04-29T01:00', timeZone: 'Africa/Cairo' };
    const [, skipped] = written(series('FREQ=DAILY;COUNT=2', hour));
    expect(skipped).toMatchObject({
      startsAt: new Date('2027-04-29T22:00Z'),
      endsAt: new Date('2027-04-29T23:00Z'),
      shifted: true,
    });
  });

  it('moves by half an hour where clocks do', () => {
    const lordHowe = {
      startsLocal: '2027-10-03T02:15',
      endsLocal: '2027-10-03T03:00',
      timeZone: 'Australia/Lord_Howe',
    };
    const [only] = written(series('FREQ=DAILY;COUNT=1', lordHowe));
    expect(only).toMatchObject({ startsAt: new Date('2027-10-02T15:45Z'), shifted: true });
  });
});

describe('the rule', () => {
  it('leaves out dates that do not exist, and does not count them', () => {
    const monthly = { startsLocal: '2027-01-31T09:00', endsLocal: '2027-01-31T10:00' };
    expect(keys(series('FREQ=MONTHLY;COUNT=4', monthly))).toEqual([
      '2027-01-31T09:00',
      '2027-03-31T09:00',
      '2027-05-31T09:00',
      '2027-07-31T09:00',
    ]);
    const leap = { startsLocal: '2028-02-29T09:00', endsLocal: '2028-02-29T10:00' };
    expect(keys(series('FREQ=YEARLY;COUNT=2', leap))).toEqual(['2028-02-29T09:00', '2032-02-29T09:00']);
  });

  it('counts excluded dates', () => {
    expect(keys(series('FREQ=DAILY;COUNT=3', { exdates: ['2027-03-02'] }))).toEqual([
      '2027-03-01T09:00',
      '2027-03-03T09:00',
    ]);
  });

  it('ends with the whole local day of UNTIL, at its instant, or at its wall-clock time', () => {
    const auckland = {
      startsLocal: '2027-03-01T23:00',
      endsLocal: '2027-03-01T23:30',
      timeZone: 'Pacific/Auckland',
    };
    expect(keys(series('FREQ=DAILY;UNTIL=20270303', auckland))).toHaveLength(3);
    expect(keys(series('FREQ=DAILY;UNTIL=20270303T100000Z', auckland))).toHaveLength(3);
    expect(keys(series('FREQ=DAILY;UNTIL=20270303T095959Z', auckland))).toHaveLength(2);
    expect(keys(series('FREQ=DAILY;UNTIL=20270303T225959', auckland))).toHaveLength(2);
  });

  it('is refused where it cannot be followed, each time with a sentence', () => {
    const bad = [
      '',
      'nonsense',
      'COUNT=3',
      'FREQ=HOURLY;COUNT=3',
      'FREQ=DAILY;COUNT=3;UNTIL=20270401',
      'FREQ=DAILY;COUNT=0',
      'FREQ=DAILY;INTERVAL=0;COUNT=3',
      'FREQ=DAILY;UNTIL=20270231',
      'FREQ=WEEKLY;BYDAY=XX;COUNT=3',
      'FREQ=MONTHLY;BYMONTHDAY=32;COUNT=3',
      'FREQ=DAILY;COUNT=3;COUNT=4',
      'FREQ=DAILY;COUNT=3;BYHOUR=9',
      'FREQ=DAILY;COUNT=10000',
      'FREQ=DAILY;COUNT=3;BYWEEKNO=53',
      'FREQ=MONTHLY;COUNT=3;BYYEARDAY=366',
      'FREQ=WEEKLY;COUNT=3;BYMONTHDAY=13',
      'FREQ=YEARLY;COUNT=3;BYDAY=1MO;BYMONTHDAY=13',
      'DTSTART:20270101T000000Z\nRRULE:FREQ=DAILY;COUNT=3',
    ];
    for (const rule of bad) {
      const refused = checkRecurrence(series(rule), ['input']);
      expect(refused).toMatchObject({
        kind: 'InvalidInput',
        code: 'INVALID_RRULE',
        path: ['input', 'rrule'],
      });
      expect(refused?.message).toMatch(/\.$/);
    }
  });

  it('takes a rule as it stands in a calendar, and names what it cannot follow', () => {
    expect(keys(series('RRULE:FREQ=DAILY;COUNT=2'))).toHaveLength(2);
    expect(checkRecurrence(series('weekly'), [])?.message).toMatch(/WEEKLY is none of them/);
    expect(checkRecurrence(series('FREQ=HOURLY'), [])?.message).toMatch(/DAILY, WEEKLY, MONTHLY or YEARLY/);
    expect(checkRecurrence(series('FREQ=DAILY;UNTIL=2028-04-01'), [])?.message).toMatch(/20280401/);
  });

  it('says why a series cannot be written out as a whole', () => {
    expect(allOccurrences(series('FREQ=DAILY'), FAR)).toEqual({ kind: 'Endless' });
    expect(allOccurrences(series('FREQ=DAILY;COUNT=1001'), FAR)).toEqual({ kind: 'TooMany', most: 1_000 });
    const until = Date.parse('2027-03-03T00:00:00Z');
    expect(allOccurrences(series('FREQ=DAILY;COUNT=5'), { most: 10, until })).toEqual({
      kind: 'PastHorizon',
      startsAt: new Date('2027-03-03T08:00Z'),
    });
  });

  it('looks no further than the horizon, but behind excluded dates', () => {
    const until = Date.UTC(2030, 0, 1);
    const far = (rule: string, facts: Partial<Recurrence> = {}) =>
      allOccurrences(series(rule, facts), { most: 1_000, until });
    // Its last date would be in the year 1,001,027.
    expect(far('FREQ=YEARLY;INTERVAL=1000;COUNT=1000')).toMatchObject({ kind: 'PastHorizon' });
    expect(far('FREQ=DAILY;INTERVAL=999;BYMONTH=2;BYMONTHDAY=29;COUNT=3')).toMatchObject({
      kind: 'PastHorizon',
    });
    const everyTwo = 'FREQ=YEARLY;INTERVAL=2;COUNT=3';
    expect(far(everyTwo, { exdates: ['2031-03-01'] })).toHaveLength(2);
    expect(far(`${everyTwo.slice(0, -1)}4`, { exdates: ['2031-03-01'] })).toEqual({
      kind: 'PastHorizon',
      startsAt: new Date('2033-03-01T08:00Z'),
    });
  });

  it('keeps what a rule gives before it gives no more', () => {
    // 10,000 days without a 31 June behind the one day that is added.
    expect(keys(series('FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=31;COUNT=3', { rdates: ['2027-04-01'] }))).toEqual([
      '2027-04-01T09:00',
    ]);
  });
});

it('finds what overlaps a span of an endless rule, from before it and into it', () => {
  const nights = series('FREQ=DAILY', { startsLocal: '2020-01-01T22:00', endsLocal: '2020-01-02T06:00' });
  const found = occurrencesBetween(nights, Date.parse('2027-06-01T02:00Z'), Date.parse('2027-06-02T21:00Z'));
  expect(found.map(({ key }) => key.slice(0, 10))).toEqual(['2027-05-31', '2027-06-01', '2027-06-02']);
  const since1980 = { ...nights, startsLocal: '1980-01-01T22:00', endsLocal: '1980-01-02T06:00' };
  expect(
    occurrencesBetween(since1980, Date.parse('2027-06-01T02:00Z'), Date.parse('2027-06-02T21:00Z')),
  ).toEqual(found);
});

it('finds the same in several zones as in each of them', () => {
  const [from, to] = [Date.parse('2027-10-01T00:00Z'), Date.parse('2027-11-10T12:00Z')];
  const zones = ['Europe/Berlin', 'Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati'];
  for (const rule of ['FREQ=DAILY', 'FREQ=DAILY;UNTIL=20271102T080000Z', 'FREQ=WEEKLY;COUNT=40']) {
    const each = zones.map((timeZone) => occurrencesBetween(series(rule, { timeZone }), from, to));
    expect([...occurrencesInZones(series(rule), zones, from, to)]).toEqual(each);
  }
});

it('sees a series that overlaps itself, and lets occurrences touch', () => {
  const daily = (endsLocal: string) => written(series('FREQ=DAILY;COUNT=3', { endsLocal }));
  expect(selfOverlap(daily('2027-03-02T09:00'))).toBeNull();
  expect(selfOverlap(daily('2027-03-02T09:01'))?.map(({ key }) => key.slice(0, 10))).toEqual([
    '2027-03-01',
    '2027-03-02',
  ]);
});
