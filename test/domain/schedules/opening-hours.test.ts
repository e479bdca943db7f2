import fc from 'fast-check';
import { checkOpeningHours } from '../../../src/domain/schedules/check-opening-hours.js';
import { type OpeningHours, openStretches } from '../../../src/domain/schedules/opening-hours.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Antarctica/Troll',
];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SINCE = Date.UTC(2026, 10, 1);
const UNTIL = Date.UTC(2031, 10, 1);

interface Shown {
  readonly at: number;
  readonly date: string;
  readonly minutes: number;
}

/** What a clock of the zone shows, by Intl alone. */
function clock(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (at: number): Shown => {
    // 2027-03-28, 03:15
    const [date = '', time = ''] = format.format(at).split(', ');
    return { at, date, minutes: Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) };
  };
}

/** Every instant between the two at which the offset of the zone changes, to the minute. */
function transitions(timeZone: string): number[] {
  const show = clock(timeZone);
  const offset = (at: number) => {
    const { date, minutes } = show(at);
    return Date.parse(`${date}T00:00Z`) + minutes * MINUTE - at;
  };
  const found: number[] = [];
  for (let at = SINCE; at < UNTIL; at += 12 * HOUR) {
    if (offset(at) === offset(at + 12 * HOUR)) continue;
    let [before, after] = [at, at + 12 * HOUR];
    while (after - before > MINUTE) {
      const middle = before + Math.floor((after - before) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === offset(before)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const dayBefore = (date: string) =>
  new Date(Date.parse(`${date}T00:00Z`) - 24 * HOUR).toISOString().slice(0, 10);

function spansOn(hours: OpeningHours, date: string) {
  const exception = hours.exceptions.findLast(({ from, to }) => from <= date && date <= to);
  if (exception) return exception.spans;
  const weekday = new Date(`${date}T00:00Z`).getUTCDay() || 7;
  return hours.week.filter(({ days }) => days.includes(weekday)).flatMap(({ spans }) => spans);
}

/**
 * Whether it is open while the clock shows that. Between an opening in a gap and the end of the gap nothing is
 * shown, so a clock that has jumped over the opening is behind it; one that repeats an hour is open in both.
 */
function isOpen(hours: OpeningHours, { date, minutes }: Shown): boolean {
  const today = spansOn(hours, date).some(({ opens, closes }) => {
    const overnight = minutesOf(closes) <= minutesOf(opens);
    return minutesOf(opens) <= minutes && (overnight || minutes < minutesOf(closes));
  });
  const yesterday = spansOn(hours, dayBefore(date)).some(
    ({ opens, closes }) => minutesOf(closes) <= minutesOf(opens) && minutes < minutesOf(closes),
  );
  return today || yesterday;
}

/** Minutes of the day that the clock skips or shows twice there: they have a rule of their own (T3), tested by hand. */
function unclearAround(change: number, show: (at: number) => Shown): Set<number> {
  const wall = (at: number) => Date.parse(`${show(at).date}T00:00Z`) / MINUTE + show(at).minutes;
  const [last, next] = [wall(change - MINUTE) + 1, wall(change)];
  const unclear = new Set<number>();
  for (let minute = Math.min(last, next) + 1; minute < Math.max(last, next); minute++)
    unclear.add(minute % 1440);
  return unclear;
}

const time = fc.integer({ min: 0, max: 47 }).map((half) => {
  const hour = String(Math.floor(half / 2)).padStart(2, '0');
  return `${hour}:${half % 2 ? '30' : '00'}`;
});
const span = fc.record({ opens: time, closes: fc.oneof(time, fc.constant('24:00')) });
const week = fc.array(
  fc.record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    spans: fc.array(span, { minLength: 1, maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 3 },
);

it.each(ZONES)(
  'is open exactly while the clocks of %s say so, around every change of them in five years',
  (timeZone) => {
    const changes = transitions(timeZone);
    const places = changes.length > 0 ? changes : [SINCE];
    const show = clock(timeZone);
    for (const change of places) {
      const bounds = { from: change - 30 * HOUR, to: change + 30 * HOUR };
      const shown: Shown[] = [];
      for (let at = bounds.from; at < bounds.to; at += 15 * MINUTE) shown.push(show(at));
      const nearby = [...new Set(shown.map(({ date }) => date))];
      const unclear = unclearAround(change, show);
      const exceptions = fc.array(
        fc.record({
          from: fc.constantFrom(...nearby),
          title: fc.constant('Fair'),
          spans: fc.array(span, { maxLength: 1 }),
        }),
        { maxLength: 1 },
      );
      fc.assert(
        fc.property(week, exceptions, (days, except) => {
          const hours = { week: days, exceptions: except.map((each) => ({ ...each, to: each.from })) };
          const times = JSON.stringify(hours).match(/\d\d:\d\d/g) ?? [];
          fc.pre(!times.some((each) => unclear.has(minutesOf(each) % 1440)));
          const open = openStretches(() => hours, timeZone, bounds);
          const wrong = shown.filter(
            (each) => open.some(({ from, to }) => from <= each.at && each.at < to) !== isOpen(hours, each),
          );
          expect(wrong.map(({ at }) => new Date(at).toISOString())).toEqual([]);
        }),
        { numRuns: 12 },
      );
    }
  },
  60_000,
);

const hours = (...spans: [string, string][]): OpeningHours => ({
  week: [{ days: [1, 2, 3, 4, 5, 6, 7], spans: spans.map(([opens, closes]) => ({ opens, closes })) }],
  exceptions: [],
});
const open = (of: OpeningHours, timeZone: string, from: string, to: string) =>
  openStretches(() => of, timeZone, { from: Date.parse(from), to: Date.parse(to) }).map(({ from, to }) => [
    new Date(from).toISOString().slice(0, 16),
    new Date(to).toISOString().slice(0, 16),
  ]);

it('opens in the gap as soon as the clocks have jumped by it, and closes in a fold at the first of both', () => {
  expect(open(hours(['02:30', '06:00']), 'Europe/Berlin', '2027-03-28T00:00Z', '2027-03-28T12:00Z')).toEqual([
    ['2027-03-28T01:30', '2027-03-28T04:00'],
  ]);
  expect(open(hours(['00:00', '02:30']), 'Europe/Berlin', '2027-10-30T22:00Z', '2027-10-31T12:00Z')).toEqual([
    ['2027-10-30T22:00', '2027-10-31T00:30'],
  ]);
});

it('runs through midnight where both sides are open, and past it into the next day', () => {
  expect(open(hours(['00:00', '24:00']), 'UTC', '2027-03-01T10:00Z', '2027-03-03T10:00Z')).toEqual([
    ['2027-03-01T10:00', '2027-03-03T10:00'],
  ]);
  expect(open(hours(['22:00', '02:00']), 'UTC', '2027-03-01T00:00Z', '2027-03-02T00:00Z')).toEqual([
    ['2027-03-01T00:00', '2027-03-01T02:00'],
    ['2027-03-01T22:00', '2027-03-02T00:00'],
  ]);
  expect(open(hours(['00:00', '00:00']), 'UTC', '2027-03-01T05:00Z', '2027-03-01T06:00Z')).toHaveLength(1);
});

it('takes 24:00 to close at, and refuses 24:01, 25:00, 24:00 to open at, and spans that overlap', () => {
  expect(checkOpeningHours(hours(['08:00', '24:00']), [])).toBeNull();
  expect(checkOpeningHours(hours(['00:00', '00:00']), [])).toBeNull();
  for (const [opens, closes] of [
    ['08:00', '24:01'],
    ['08:00', '25:00'],
    ['24:00', '08:00'],
    ['8:00', '09:00'],
    ['08:60', '09:00'],
  ] as const) {
    expect(checkOpeningHours(hours([opens, closes]), ['hours'])).toMatchObject({ code: 'INVALID_TIME' });
  }
  expect(checkOpeningHours(hours(['08:00', '12:00'], ['11:59', '13:00']), [])).toMatchObject({
    kind: 'InvalidInput',
  });
  expect(checkOpeningHours(hours(['08:00', '12:00'], ['12:00', '13:00']), [])).toBeNull();
  const on = (from: string, to: string) => ({
    week: [],
    exceptions: [{ from, to, title: 'Fair', spans: [] }],
  });
  expect(checkOpeningHours(on('2027-02-28', '2027-03-01'), [])).toBeNull();
  for (const [from, to] of [
    ['2027-02-30', '2027-03-01'],
    ['2027-03-02', '2027-03-01'],
    ['soon', 'later'],
  ] as const)
    expect(checkOpeningHours(on(from, to), [])).toMatchObject({ kind: 'InvalidInput' });
});

it('has met the changes of five years', () => {
  expect(ZONES.flatMap(transitions).length).toBeGreaterThan(70);
});
