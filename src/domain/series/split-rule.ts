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
  if (!('kind' in all)) return all;
  if (all.kind === 'NoDates') return [];
  throw new Error(`a series without an end: ${recurrence.rrule}`);
}

/** The occurrences that start at these wall-clock times, with the length of the recurrence. */
export const occurrencesAt = (recurrence: Recurrence, keys: readonly string[]): readonly Occurrence[] => {
  const [first = recurrence.startsLocal] = keys;
  const once = { rrule: ONCE, startsLocal: first, endsLocal: endOf(recurrence, first) };
  return occurrencesOf({ ...recurrence, ...once, exdates: [], rdates: keys });
};

/** What the rule alone gives, one a day at most: COUNT counts excluded dates too (S1). */
const byRule = (recurrence: Recurrence) => occurrencesOf({ ...recurrence, exdates: [], rdates: [] });

const LIMITS = /(^|;)(COUNT|UNTIL)=[^;]*/gi;

/** The last date of a rule as the rule prints it: 20260301. */
const dateText = ({ key }: Occurrence) => key.slice(0, 10).replaceAll('-', '');

/** The rule with another end in place of its own. */
const endedBy = (rrule: string, limit: string) => `${rrule.replace(LIMITS, '').replace(/^;/, '')};${limit}`;

const endOf = ({ startsLocal, endsLocal }: Recurrence, key: string) =>
  shifted(endsLocal, wallShift(startsLocal, key));

/** A date alone means the usual start, which a part of the series may not have any more. */
const timed = ({ startsLocal }: Recurrence, dates: readonly string[]) =>
  dates.map((date) => (date.includes('T') ? date : `${date}T${startsLocal.slice('YYYY-MM-DDT'.length)}`));

/** The series with those dates on either side of `key` alone, the first of them in place of a rule's, where it has none. */
function part(
  recurrence: Recurrence,
  rrule: string | null,
  first: string | undefined,
  keeps: (date: string) => boolean,
) {
  const rdates = timed(recurrence, recurrence.rdates).filter(keeps);
  const startsLocal = first ?? rdates.toSorted()[0] ?? recurrence.startsLocal;
  return {
    ...recurrence,
    startsLocal: shifted(recurrence.startsLocal, wallShift(recurrence.startsLocal, startsLocal)),
    endsLocal: endOf(recurrence, startsLocal),
    exdates: timed(recurrence, recurrence.exdates).filter(keeps),
    rdates,
    rrule: rrule ?? ONCE,
  };
}

const isBefore = (local: string, key: string) => local < key.slice(0, local.length);

/** The recurrence up to the occurrence `key`, which is not part of it any more. */
export function endedBefore(recurrence: Recurrence, key: string): Recurrence {
  const last = byRule(recurrence).findLast((each) => each.key < key);
  const rrule = last ? endedBy(recurrence.rrule, `UNTIL=${dateText(last)}`) : null;
  const first = last ? recurrence.startsLocal : undefined;
  return part(recurrence, rrule, first, (date) => isBefore(date, key));
}

/** The recurrence from the occurrence `key` on: what is left of its rule, counted on. */
export function continuedFrom(recurrence: Recurrence, key: string): Recurrence {
  const left = byRule(recurrence).filter((each) => each.key >= key);
  const isCounted = /(^|;)COUNT=/i.test(recurrence.rrule);
  const counted = isCounted ? endedBy(recurrence.rrule, `COUNT=${left.length}`) : recurrence.rrule;
  const rrule = left.length > 0 ? counted : null;
  return part(recurrence, rrule, left[0]?.key, (date) => !isBefore(date, key));
}

/** The recurrence at other times of day on the same dates; what was excluded or added moves along. */
export function retimed(
  recurrence: Recurrence,
  times: Pick<Recurrence, 'startsLocal' | 'endsLocal'>,
): Recurrence {
  const by = wallShift(recurrence.startsLocal, times.startsLocal);
  const moved = (dates: readonly string[]) => dates.map((date) => shifted(date, by));
  // an instant would cut the last one off when it moves behind it
  const last = /UNTIL=\d{8}T/i.test(recurrence.rrule) ? byRule(recurrence).at(-1) : null;
  return {
    ...recurrence,
    ...times,
    rrule: last ? endedBy(recurrence.rrule, `UNTIL=${dateText(last)}`) : recurrence.rrule,
    exdates: moved(recurrence.exdates),
    rdates: moved(recurrence.rdates),
  };
}
