import fc from 'fast-check';
import { dayBehind, lookAtDigest } from '../../../src/domain/notifications/digest-day.js';
import { addDays, dayStart, localDate, wallTime, weekday } from '../../../src/domain/time/local-day.js';
import { ZONES } from '../time/intl-clock.js';

const at = (text: string) => Date.parse(text);
const daily = (time: string, timeZone: string, days = [1, 2, 3, 4, 5, 6, 7]) => ({
  at: time,
  days,
  timeZone,
});

/** The instants at which whoever looks exactly when told to finds one due, from the day behind `from`. */
function digests(from: number, until: number, times: ReturnType<typeof daily>): [day: string, at: number][] {
  const found: [string, number][] = [];
  let lastDay = dayBehind(from, times);
  for (let now = from; now < until; ) {
    const { due, nextAt } = lookAtDigest(now, times, lastDay);
    if (due) {
      found.push([due.day, now]);
      lastDay = due.day;
    }
    expect(nextAt.getTime()).toBeGreaterThan(now);
    now = nextAt.getTime();
  }
  return found;
}

it('comes on every chosen day once, at its instant, whatever the clocks do', () => {
  const times = fc.record({
    at: fc
      .integer({ min: 0, max: 1439 })
      .map((minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16)),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    timeZone: fc.constantFrom(...ZONES),
  });
  const start = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2029-01-01T00:00Z') });
  fc.assert(
    fc.property(start, times, (from, chosen) => {
      const until = from + 40 * 86_400_000;
      const minutes = Number(chosen.at.slice(0, 2)) * 60 + Number(chosen.at.slice(3));
      const wanted: [string, number][] = [];
      for (
        let day = localDate(from, chosen.timeZone);
        wallTime(day, minutes, chosen.timeZone) < until;
        day = addDays(day, 1)
      ) {
        const instant = wallTime(day, minutes, chosen.timeZone);
        if (chosen.days.includes(weekday(day)) && instant > from) wanted.push([day, instant]);
      }
      expect(digests(from, until, chosen)).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
});

it('is moved forward by the gap where clocks skip its time, and comes at the earlier of two', () => {
  const times = daily('02:30', 'Europe/Berlin');
  const instants = (from: string, until: string) =>
    digests(at(from), at(until), times).map(([, instant]) => new Date(instant).toISOString());
  expect(instants('2027-03-27T12:00Z', '2027-03-29T12:00Z')).toEqual([
    '2027-03-28T01:30:00.000Z',
    '2027-03-29T00:30:00.000Z',
  ]);
  expect(instants('2027-10-30T12:00Z', '2027-11-01T12:00Z')).toEqual([
    '2027-10-31T00:30:00.000Z',
    '2027-11-01T01:30:00.000Z',
  ]);
});

it('says until when its day lasts, and of a day that is over nothing but what was collected', () => {
  const times = daily('23:50', 'Europe/Berlin');
  const nextAt = new Date('2027-03-28T21:50Z');
  expect(lookAtDigest(at('2027-03-27T22:55Z'), times, '2027-03-26')).toEqual({
    due: { day: '2027-03-27', until: new Date(dayStart('2027-03-28', 'Europe/Berlin')) },
    nextAt,
  });
  expect(lookAtDigest(at('2027-03-27T23:05Z'), times, '2027-03-26')).toEqual({
    due: { day: '2027-03-27', until: null },
    nextAt,
  });
});

it('makes one digest of the days that nobody was there for, and none twice in a zone further west', () => {
  const times = daily('07:00', 'Asia/Tokyo', [1, 3, 5]);
  expect(lookAtDigest(at('2027-03-06T03:00Z'), times, '2027-02-01').due?.day).toBe('2027-03-05');
  const west = { ...times, timeZone: 'America/Los_Angeles' };
  expect(lookAtDigest(at('2027-03-06T03:00Z'), west, '2027-03-05')).toEqual({
    due: null,
    nextAt: new Date('2027-03-08T15:00Z'),
  });
});
