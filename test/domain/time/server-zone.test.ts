import { execFileSync } from 'node:child_process';

/** What time rules answer, printed by a process of its own. */
const SCRIPT = `
const { openStretches } = await import('./dist/domain/schedules/opening-hours.js');
const { allOccurrences } = await import('./dist/domain/schedules/recurrence.js');
const { closedStretches } = await import('./dist/domain/schedules/closure.js');
const { resolveLocal } = await import('./dist/domain/time/local-time.js');
const day = await import('./dist/domain/time/local-day.js');
const hours = { week: [{ days: [1, 2, 3, 4, 5, 6, 7], spans: [{ opens: '22:30', closes: '02:30' }] }], exceptions: [] };
const zones = ['Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia'];
console.log(JSON.stringify(zones.map((timeZone) => {
  const bounds = { from: Date.UTC(2027, 2, 26), to: Date.UTC(2027, 3, 6) };
  const series = { rrule: 'FREQ=WEEKLY;COUNT=30', startsLocal: '2027-03-22T02:15', endsLocal: '2027-03-22T03:30', timeZone, exdates: ['2027-04-05'], rdates: [] };
  return [
    openStretches(() => hours, timeZone, bounds),
    allOccurrences(series, { most: 100, until: Date.UTC(2030, 0, 1) }),
    closedStretches({ startsLocal: '2027-03-28T00:00', endsLocal: '2027-03-29T00:00', rrule: null, exdates: [] }, timeZone, bounds),
    resolveLocal({ local: '2027-03-28T02:30', timeZone, fold: 'EARLIER' }),
    day.localText(Date.UTC(2027, 2, 28, 1), timeZone), day.dayStart('2027-03-28', timeZone), day.isoWeekStart('2027-03-28'),
  ];
})));`;

const under = (TZ: string) =>
  execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
    env: { ...process.env, TZ },
    encoding: 'utf8',
  });

it("answers the same whatever the server's own time zone is", () => {
  const utc = under('UTC');
  expect(JSON.parse(utc)).toHaveLength(3);
  for (const zone of ['Pacific/Kiritimati', 'America/St_Johns', 'Australia/Lord_Howe'])
    expect(under(zone)).toBe(utc);
});
