import { RRuleTemporal } from 'rrule-temporal';
import { toText } from 'rrule-temporal/totext';
import { Temporal } from 'temporal-polyfill';
import type { SeriesRow } from '../../sql/series/series-row.js';
import { ruleText } from '../schedules/recurrence-rule.js';

const times = (count: string) => (count === '1' ? ', once' : `, ${count} times`);

/** The series in a sentence: Every 2 weeks on Tuesday, 10 times, 09:00–10:00 Europe/Berlin. */
export function summaryOf({ rrule, startsLocal, endsLocal, timeZone }: SeriesRow): string {
  // From midnight on the words name no time of day: the window does, with its end.
  const dtstart = Temporal.PlainDate.from(startsLocal.slice(0, 10)).toZonedDateTime('UTC');
  const rule = toText(new RRuleTemporal({ rruleString: ruleText({ rrule, timeZone }), dtstart }), 'en');
  const counted = rule.replace(/ for (\d+) times?$/, (_, count: string) => times(count));
  const words = counted.charAt(0).toUpperCase() + counted.slice(1);
  return `${words}, ${startsLocal.slice(11, 16)}–${endsLocal.slice(11, 16)} ${timeZone}`;
}
