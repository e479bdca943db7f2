import { resolveLocal } from '../../../src/domain/time/local-time.js';
import { overlaps } from '../../../src/domain/time/window.js';

const resolve = (local: string, timeZone: string, fold: 'EARLIER' | 'LATER' = 'EARLIER') => {
  const resolved = resolveLocal({ local, timeZone, fold });
  return resolved instanceof Date ? resolved.toISOString() : resolved;
};

it.each([
  ['2027-01-15T09:00', 'Europe/Berlin', '2027-01-15T08:00:00.000Z'],
  ['2027-07-15T09:00', 'Europe/Berlin', '2027-07-15T07:00:00.000Z'],
  ['2027-07-15T09:00', 'Asia/Kathmandu', '2027-07-15T03:15:00.000Z'],
  ['2028-02-29T23:59:59.999', 'America/New_York', '2028-03-01T04:59:59.999Z'],
  ['2027-07-15T09:00', 'Australia/Lord_Howe', '2027-07-14T22:30:00.000Z'],
])('reads %s in %s as %s, whatever the zone of the server', (local, zone, instant) => {
  expect(resolve(local, zone)).toBe(instant);
});

it('takes the earlier of two equal times unless the later is meant', () => {
  expect(resolve('2027-10-31T02:30', 'Europe/Berlin')).toBe('2027-10-31T00:30:00.000Z');
  expect(resolve('2027-10-31T02:30', 'Europe/Berlin', 'LATER')).toBe('2027-10-31T01:30:00.000Z');
  // Lord Howe goes back by half an hour.
  expect(resolve('2027-04-04T01:45', 'Australia/Lord_Howe')).toBe('2027-04-03T14:45:00.000Z');
  expect(resolve('2027-04-04T01:45', 'Australia/Lord_Howe', 'LATER')).toBe('2027-04-03T15:15:00.000Z');
});

it.each([
  ['2027-03-28T02:30', 'Europe/Berlin', '2027-03-28T01:00:00.000Z', '2027-03-28T03:00'],
  ['2027-03-14T02:00', 'America/New_York', '2027-03-14T07:00:00.000Z', '2027-03-14T03:00'],
  ['2027-10-03T02:15', 'Australia/Lord_Howe', '2027-10-02T15:30:00.000Z', '2027-10-03T02:30'],
])('says that clocks skip %s in %s, and what they show next', (local, zone, nextAt, nextLocal) => {
  expect(resolveLocal({ local, timeZone: zone, fold: 'EARLIER' })).toEqual({
    kind: 'LocalTimeGap',
    nextAt: new Date(nextAt),
    nextLocal,
  });
});

it.each([
  '2027-02-29T10:00',
  '2027-13-01T10:00',
  '2027-01-01T24:00',
  '2027-01-01',
  'noon',
  '2027-01-01T10:00Z',
])('takes %s for no local time', (local) => {
  expect(resolve(local, 'Europe/Berlin')).toBeNull();
});

it('lets windows touch without overlapping', () => {
  const window = (from: number, to: number) => ({ startsAt: new Date(from), endsAt: new Date(to) });
  expect(overlaps(window(0, 10), window(10, 20))).toBe(false);
  expect(overlaps(window(0, 11), window(10, 20))).toBe(true);
});
