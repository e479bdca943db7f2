import fc from 'fast-check';
import {
  addDays,
  countedMinutes,
  dayStart,
  isoWeekStart,
  localDate,
  localText,
  localTextBehind,
  monthStart,
  nextMonthStart,
  wallMinutes,
  wallTime,
  weekday,
} from '../../../src/domain/time/local-day.js';
import { clockShows } from '../../../src/domain/time/zone-offset.js';
import { shown, transitions, ZONES } from './intl-clock.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (text: string) => Date.parse(text);
const iso = (instant: number) => new Date(instant).toISOString();
const window = (startsAt: string, endsAt: string) => ({
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
});

it.each(ZONES)('shows what the clocks of %s show, close to their changes and far from them', (zone) => {
  const [from, to] = [at('2009-01-01T00:00Z'), at('2041-01-01T00:00Z')];
  const changes = transitions(zone, from, to);
  expect(changes.length > 0).toBe(zone !== 'UTC' && zone !== 'Asia/Kathmandu');
  const anywhere = fc.integer({ min: from, max: to });
  const close = fc
    .tuple(fc.constantFrom(...(changes.length > 0 ? changes : [from])), fc.integer({ min: -3, max: 3 }))
    .chain(([change, hours]) =>
      fc.integer({ min: -1_000, max: 1_000 }).map((ms) => change + hours * HOUR + ms),
    );
  fc.assert(
    fc.property(fc.oneof(anywhere, close), (instant) => {
      const { date, time } = shown(instant, zone);
      const rest = ((instant % 1_000) + 1_000) % 1_000;
      expect(localDate(instant, zone)).toBe(date);
      expect(localText(instant, zone)).toBe(`${date}T${time}.${String(rest).padStart(3, '0')}`);
      expect(wallMinutes(instant, zone)).toBeCloseTo(shown(instant - rest, zone).minutes + rest / MINUTE, 6);
    }),
    { numRuns: 300 },
  );
});

it.each(ZONES)('names in %s the first time of the clocks that is not before an instant', (zone) => {
  const [from, to] = [at('2011-06-01T00:00Z'), at('2033-01-01T00:00Z')];
  for (const change of transitions(zone, from, to)) {
    for (let minutes = -150; minutes <= 150; minutes += 10) {
      const instant = change + minutes * MINUTE;
      const found = at(`${localTextBehind(instant, zone)}Z`);
      const first = (wall: number) => {
        const shows = clockShows(wall, zone);
        // What clocks skip is no time of theirs.
        return typeof shows === 'number' ? shows : -Infinity;
      };
      expect(first(found)).toBeGreaterThanOrEqual(instant);
      for (let wall = found - 10 * MINUTE; wall > found - 200 * MINUTE; wall -= 10 * MINUTE)
        expect(first(wall)).toBeLessThan(instant);
    }
  }
});

it.each(ZONES)('starts every day of %s with its first instant', (zone) => {
  const from = at('2011-06-01T00:00Z');
  for (const change of transitions(zone, from, at('2033-01-01T00:00Z'))) {
    for (const days of [-1, 0, 1]) {
      const date = addDays(shown(change, zone).date, days);
      const start = dayStart(date, zone);
      // Apia has no 30 December 2011: that day starts where the next one does.
      if (date !== '2011-12-30') expect(shown(start, zone).date).toBe(date);
      const earlier = [1, 15, 30, 31, 45, 59, 60, 61, 90, 119, 120, 121];
      expect(earlier.filter((minutes) => shown(start - minutes * MINUTE, zone).date >= date)).toEqual([]);
    }
  }
});

it.each([
  ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z', '01:00 is the first time of the day'],
  ['2026-10-30', 'Africa/Cairo', '2026-10-29T22:00:00.000Z', 'the hour before midnight came twice'],
  ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00.000Z', 'midnight is skipped'],
  ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the whole day is skipped'],
  ['1919-03-31', 'America/Toronto', '1919-03-31T04:30:00.000Z', 'clocks went from 23:30 to 00:30'],
])('starts %s in %s at %s: %s', (date, zone, start) => {
  expect(iso(dayStart(date, zone))).toBe(start);
});

it.each([
  ['2027-03-28', 150, 'Europe/Berlin', '2027-03-28T01:30:00.000Z', 'a gap moves it forward by an hour'],
  ['2027-10-31', 150, 'Europe/Berlin', '2027-10-31T00:30:00.000Z', 'of two the earlier'],
  ['2027-10-03', 135, 'Australia/Lord_Howe', '2027-10-02T15:45:00.000Z', 'a gap of half an hour'],
  ['2027-04-04', 105, 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z', 'half an hour twice'],
  ['2027-03-27', 1440, 'Europe/Berlin', '2027-03-27T23:00:00.000Z', '24:00'],
  ['2027-03-27', 1440 + 180, 'Europe/Berlin', '2027-03-28T01:00:00.000Z', '03:00 of the next day'],
  ['2026-09-05', 1440, 'America/Santiago', '2026-09-06T04:00:00.000Z', '24:00 that no clock shows'],
  ['2026-09-06', 30, 'America/Santiago', '2026-09-06T04:30:00.000Z', '00:30 that no clock shows'],
  ['2027-01-15', 570.5, 'Asia/Kathmandu', '2027-01-15T03:45:30.000Z', 'half a minute'],
])('finds %s, %d minutes after midnight, in %s at %s: %s', (date, minutes, zone, instant) => {
  expect(iso(wallTime(date, minutes, zone))).toBe(instant);
});

it('counts dates like the calendar of the platform', () => {
  const days = fc.integer({ min: at('1890-01-01') / 86_400_000, max: at('2200-01-01') / 86_400_000 });
  const text = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  fc.assert(
    fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (day, n) => {
      const date = text(day);
      const utc = new Date(day * 86_400_000);
      expect(addDays(date, n)).toBe(text(day + n));
      expect(weekday(date) % 7).toBe(utc.getUTCDay());
      const monday = isoWeekStart(date);
      expect([weekday(monday), monday <= date, addDays(monday, 7) > date]).toEqual([1, true, true]);
      expect(monthStart(date)).toBe(text(Date.UTC(utc.getUTCFullYear(), utc.getUTCMonth(), 1) / 86_400_000));
      expect(nextMonthStart(date)).toBe(
        text(Date.UTC(utc.getUTCFullYear(), utc.getUTCMonth() + 1, 1) / 86_400_000),
      );
    }),
  );
});

it.each([
  ['a day of 23 hours', '2027-03-27T23:00Z', '2027-03-28T22:00Z', 'Europe/Berlin', 1440],
  ['a day of 25 hours', '2027-10-30T22:00Z', '2027-10-31T23:00Z', 'Europe/Berlin', 1440],
  ['a day of 24.5 hours', '2027-04-03T13:00Z', '2027-04-04T13:30Z', 'Australia/Lord_Howe', 1440],
  ['a day that starts at 01:00', '2026-04-23T22:00Z', '2026-04-24T21:00Z', 'Africa/Cairo', 1440],
  ['a week with a change', '2027-03-21T23:00Z', '2027-03-28T22:00Z', 'Europe/Berlin', 7 * 1440],
  ['hours of a day with a change', '2027-03-28T00:00Z', '2027-03-28T04:00Z', 'Europe/Berlin', 240],
  ['noon to noon over a change', '2027-10-30T10:00Z', '2027-10-31T11:00Z', 'Europe/Berlin', 1500],
  ['midnight to noon over a change', '2027-10-30T22:00Z', '2027-10-31T11:00Z', 'Europe/Berlin', 780],
  ['seconds', '2027-01-01T10:00:00Z', '2027-01-01T10:00:30Z', 'Europe/Berlin', 0.5],
])('counts %s for length limits', (_, startsAt, endsAt, zone, minutes) => {
  expect(countedMinutes(window(startsAt, endsAt), zone)).toBe(minutes);
});
