import { onStep, stepsBetween } from '../../../src/domain/time/wall-step.js';

const BERLIN = 'Europe/Berlin';
const ms = (iso: string) => Date.parse(iso);
const iso = (instants: readonly number[]) => instants.map((at) => new Date(at).toISOString().slice(11, 16));

it('goes on to the next multiple since local midnight, and stays on one', () => {
  expect(onStep(ms('2027-03-02T08:00:00Z'), 15, 'Asia/Kathmandu')).toBe(ms('2027-03-02T08:00:00Z'));
  // 08:00 in UTC is 13:45 there.
  expect(onStep(ms('2027-03-02T08:00:00Z'), 60, 'Asia/Kathmandu')).toBe(ms('2027-03-02T08:15:00Z'));
  expect(onStep(ms('2027-03-02T08:00:00.001Z'), 15, 'UTC')).toBe(ms('2027-03-02T08:15:00Z'));
});

it('begins anew at midnight where the step does not divide the day', () => {
  const steps = stepsBetween(ms('2027-03-02T22:00:00Z'), ms('2027-03-03T01:00:00Z'), 50, 'UTC');
  expect(iso(steps)).toEqual(['22:30', '23:20', '00:00', '00:50']);
});

it('leaves out the hour that the clocks skip, and meets the one that they show twice both times', () => {
  const spring = stepsBetween(ms('2027-03-28T00:00:00Z'), ms('2027-03-28T02:00:00Z'), 30, BERLIN);
  expect(iso(spring)).toEqual(['00:00', '00:30', '01:00', '01:30', '02:00']);
  const autumn = stepsBetween(ms('2027-10-30T23:30:00Z'), ms('2027-10-31T02:00:00Z'), 30, BERLIN);
  expect(iso(autumn)).toEqual(['23:30', '00:00', '00:30', '01:00', '01:30', '02:00']);
});
