import { allOccurrences, type Occurrence } from '../schedules/recurrence.js';
import type { Recurrence } from '../schedules/recurrence-rule.js';
import { shifted, wallShift } from './wall-clock.js';

/** One date by itself, for what a rule no longer gives. */
const ONCE = 'FREQ=DAILY;COUNT=1';

/** Everything: a series that exists has had an end when it was made. */
const WHOLE = { most: 100_000, until: Number.POSITIVE_INFINITY };

/** All occurrences of a series that exists, by start. */
export function occurrencesOf(recurrence: Recurrence): readonly Occurrence[] {
  const all = allOccurrences(recurrence, WHOLE);
  if ('kind' in all) throw new Error(`a series without an end: ${recurrence.rrule}`);
  return all;
}

/** What the rule alone gives: COUNT counts excluded dates too (S1). */
const byRule = (recurrence: Recurrence) => occurrencesOf({ ...recurrence, exdates: [], rdates: [] });

const LIMITS = /(^|;)(COUNT|UNTIL)=[^;]*/gi;

/** The instant as a rule prints it: 20260301T080000Z. */
const untilText = (instant: Date) => instant.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');

/** The rule with another end in place of its own. */
const endedBy = (rrule: string, limit: string) => `${rrule.replace(LIMITS, '').replace(/^;/, '')};${limit}`;

const before = (local: string, key: string) => local < key.slice(0, local.length);
const onOrAfterDay = (local: string, key: string) => local.slice(0, 10) >= key.slice(0, 10);
const upToDay = (local: string, key: string) => local.slice(0, 10) <= key.slice(0, 10);

const endOf = ({ startsLocal, endsLocal }: Recurrence, key: string) =>
  shifted(endsLocal, wallShift(startsLocal, key));

/** The recurrence up to the occurrence `key`, which is not part of it any more. */
export function endedBefore(recurrence: Recurrence, key: string): Recurrence {
  const last = byRule(recurrence).findLast((each) => each.key < key);
  const dates = {
    exdates: recurrence.exdates.filter((date) => upToDay(date, key)),
    rdates: recurrence.rdates.filter((date) => before(date, key)),
  };
  const rrule = last ? endedBy(recurrence.rrule, `UNTIL=${untilText(last.startsAt)}`) : ONCE;
  return { ...recurrence, ...dates, rrule };
}

/** The recurrence from the occurrence `key` on: what is left of its rule, counted on. */
export function continuedFrom(recurrence: Recurrence, key: string): Recurrence {
  const left = byRule(recurrence).filter((each) => each.key >= key);
  const first = left[0]?.key ?? key;
  const rdates = recurrence.rdates.filter((date) => !before(date, key));
  const isCounted = /(^|;)COUNT=/i.test(recurrence.rrule);
  const counted = isCounted ? endedBy(recurrence.rrule, `COUNT=${left.length}`) : recurrence.rrule;
  return {
    ...recurrence,
    startsLocal: shifted(recurrence.startsLocal, wallShift(recurrence.startsLocal, first)),
    endsLocal: endOf(recurrence, first),
    exdates: recurrence.exdates.filter((date) => onOrAfterDay(date, key)),
    rdates,
    rrule: left.length > 0 ? counted : ONCE,
  };
}

/** Whether the rule itself names times of day, so that it cannot be given another one. */
export const namesTimes = (rrule: string): boolean =>
  /(^|;)(BYHOUR|BYMINUTE|BYSECOND)=|FREQ=(HOURLY|MINUTELY|SECONDLY)/i.test(rrule);

/** The recurrence at other times of day on the same dates; what was excluded or added moves along. */
export function retimed(
  recurrence: Recurrence,
  times: Pick<Recurrence, 'startsLocal' | 'endsLocal'>,
): Recurrence {
  const by = wallShift(recurrence.startsLocal, times.startsLocal);
  const moved = (dates: readonly string[]) => dates.map((date) => shifted(date, by));
  // an instant would cut the last one off when it moves behind it
  const lastDate = byRule(recurrence).at(-1)?.key.slice(0, 10).replaceAll('-', '');
  const isInstant = /UNTIL=\d{8}T/i.test(recurrence.rrule) && lastDate;
  return {
    ...recurrence,
    ...times,
    rrule: isInstant ? endedBy(recurrence.rrule, `UNTIL=${lastDate}`) : recurrence.rrule,
    exdates: moved(recurrence.exdates),
    rdates: moved(recurrence.rdates),
  };
}
