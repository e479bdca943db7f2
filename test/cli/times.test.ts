import fc from 'fast-check';
import { durationText, readMinutes } from '../../src/cli/time/duration.js';
import { spanShown } from '../../src/cli/time/shown.js';
import { readWhen, windowFrom } from '../../src/cli/time/when.js';
import { instantOf, isoText, wallClock } from '../../src/cli/time/zone.js';
import { localText } from '../../src/domain/time/local-day.js';
import { clockShows } from '../../src/domain/time/zone-offset.js';

const BERLIN = 'Europe/Berlin';
/** A Tuesday, 23:30 in Berlin. */
const NOW = Date.parse('2028-03-07T22:30:40Z');
const local = (text: string) => ({ wall: Date.parse(`${text}Z`) });

it.each([
  ['2028-03-07 9:00', local('2028-03-07T09:00')],
  ['2028-03-07T09:05', local('2028-03-07T09:05')],
  ['2028-03-07 9', local('2028-03-07T09:00')],
  ['2028-03-09', local('2028-03-09T00:00')],
  ['9', local('2028-03-07T09:00')],
  ['14:30', local('2028-03-07T14:30')],
  ['2pm', local('2028-03-07T14:00')],
  ['12am', local('2028-03-07T00:00')],
  ['today 9', local('2028-03-07T09:00')],
  ['Tomorrow 9', local('2028-03-08T09:00')],
  ['tue 9', local('2028-03-14T09:00')],
  ['wednesday 9:15', local('2028-03-08T09:15')],
  ['mon', local('2028-03-13T00:00')],
  ['now', { at: Date.parse('2028-03-07T22:30Z') }],
  ['+1h30', { at: Date.parse('2028-03-08T00:00Z') }],
  ['2028-03-07T09:00:00Z', { at: Date.parse('2028-03-07T09:00Z') }],
  ['2028-03-07T09:00+02:00', { at: Date.parse('2028-03-07T07:00Z') }],
])('reads %s', (text, meant) => {
  expect(readWhen(text, NOW, BERLIN)).toEqual(meant);
});

it.each([
  '',
  'soon',
  '25:00',
  '9:60',
  '13pm',
  '2028-02-30',
  '2028-13-01 9',
  'tomorrow 9 2h',
  '+2',
  '2028-03-07T25:00:00Z',
])('takes "%s" for no time', (text) => expect(readWhen(text, NOW, BERLIN)).toBeNull());

it('reads lengths, and takes a number alone for none', () => {
  expect(['90m', '2h', '1h30', '1h30m', '1d', '1d2h'].map(readMinutes)).toEqual([
    90, 120, 90, 90, 1_440, 1_560,
  ]);
  expect(['', '90', '0m', 'h', '1.5h', '-1h'].map(readMinutes)).toEqual(Array(6).fill(null));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      (minutes) => readMinutes(durationText(minutes)) === minutes,
    ),
  );
});

it('lasts as long as it says when clocks change on the way', () => {
  const window = windowFrom(local('2028-03-26T01:30'), 120, BERLIN);
  expect(window).toEqual({
    startsAtLocal: { local: '2028-03-26T01:30', timeZone: BERLIN },
    endsAt: '2028-03-26T02:30:00.000Z',
  });
});

it('shows a window in its zone', () => {
  const [startsAt, endsAt] = ['2028-03-07T22:30:00Z', '2028-03-07T23:30:00Z'];
  expect(spanShown({ startsAt, endsAt }, BERLIN)).toBe(
    'Tue 7 Mar 2028 23:30 – Wed 8 Mar 2028 00:30 Europe/Berlin',
  );
  expect(isoText(Date.parse(startsAt), 'America/St_Johns')).toBe('2028-03-07T19:00:00-03:30');
});

it('knows the clocks of zones as the server does', () => {
  const zones = fc.constantFrom(
    BERLIN,
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/St_Johns',
  );
  const from2000To2060 = fc
    .integer({ min: 946_684_800, max: 2_840_140_800 })
    .map((seconds) => seconds * 1_000);
  fc.assert(
    fc.property(from2000To2060, zones, (at, zone) => {
      expect(new Date(wallClock(at, zone)).toISOString()).toBe(`${localText(at, zone)}Z`);
      const meant = clockShows(at, zone);
      expect(instantOf(at, zone)).toBe(typeof meant === 'number' ? meant : meant.moved);
    }),
  );
  for (const wall of ['2028-03-26T02:30Z', '2028-10-29T02:30Z', '2028-03-26T03:00Z', '2028-10-29T03:00Z'].map(
    Date.parse,
  )) {
    const meant = clockShows(wall, BERLIN);
    expect(instantOf(wall, BERLIN)).toBe(typeof meant === 'number' ? meant : meant.moved);
  }
});
