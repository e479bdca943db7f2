import { movedBy } from '../../../src/domain/time/tz-shift.js';

const meant = (
  localStart: string,
  localEnd: string,
  startsAt: string,
  endsAt: string,
  timeZone = 'Europe/Berlin',
) => ({
  localStart,
  localEnd,
  timeZone,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
});

it('leaves a window where its wall clock says', () => {
  expect(
    movedBy(
      meant('2027-07-01T09:00:00.000', '2027-07-01T10:00:00.000', '2027-07-01T07:00Z', '2027-07-01T08:00Z'),
    ),
  ).toBeNull();
});

it('takes either of two times that the clock shows twice', () => {
  const night = (start: string) =>
    meant('2027-10-31T02:30:00.000', '2027-10-31T04:00:00.000', start, '2027-10-31T03:00Z');
  expect(movedBy(night('2027-10-31T00:30Z'))).toBeNull();
  expect(movedBy(night('2027-10-31T01:30Z'))).toBeNull();
  expect(movedBy(night('2027-10-31T02:30Z'))).toMatchObject({ startsAt: new Date('2027-10-31T00:30Z') });
});

it('says where a window belongs that an older tz database has put elsewhere', () => {
  const summer = meant(
    '2027-07-01T09:00:00.000',
    '2027-07-01T10:00:00.000',
    '2027-07-01T08:00Z',
    '2027-07-01T09:00Z',
  );
  expect(movedBy(summer)).toEqual({
    startsAt: new Date('2027-07-01T07:00Z'),
    endsAt: new Date('2027-07-01T08:00Z'),
  });
});

it('leaves where it is what clocks skip and what has moved forward for that, end and all', () => {
  const [start, end] = ['2027-03-28T02:15:00.000', '2027-03-28T03:00:00.000'];
  expect(movedBy(meant(start, end, '2027-03-28T01:15Z', '2027-03-28T02:00Z'))).toBeNull();
  expect(movedBy(meant(start, end, '2027-03-28T01:00Z', '2027-03-28T01:45Z'))).toEqual({
    startsAt: new Date('2027-03-28T01:15Z'),
    endsAt: new Date('2027-03-28T02:00Z'),
  });
});

it('moves a time that clocks skip forward by the gap', () => {
  const gap = meant(
    '2027-03-28T02:30:00.000',
    '2027-03-28T04:00:00.000',
    '2027-03-28T01:00Z',
    '2027-03-28T02:00Z',
  );
  expect(movedBy(gap)).toMatchObject({ startsAt: new Date('2027-03-28T01:30Z') });
});
