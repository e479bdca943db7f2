import { type InvalidInput, invalidInput } from '../failure.js';
import { localText } from '../time/local-day.js';
import { parseLocal } from '../time/local-time.js';
import { isDate } from './check-opening-hours.js';

/** A rule of recurrence (RFC 5545) with the first window, as wall-clock times in a zone. */
export interface Recurrence {
  readonly rrule: string;
  /** `2027-03-01T09:00`, with seconds and milliseconds where they matter. */
  readonly startsLocal: string;
  readonly endsLocal: string;
  readonly timeZone: string;
  /** Wall-clock starts, or dates for the usual start: left out, but counted by COUNT (S1). */
  readonly exdates: readonly string[];
  /** The same, added with the usual length. */
  readonly rdates: readonly string[];
}

const MOST_TEXT = 500;
/** How many dates a recurrence leaves out or adds. */
export const MOST_DATES = 1_000;
const MOST_DAYS = 366;
const MOST_INTERVAL = 1_000;
const UNTIL = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/;
const DAY = '(?:[+-]?(?:[1-9]|[1-4]\\d|5[0-3]))?(?:MO|TU|WE|TH|FR|SA|SU)';
const numbers = (most: number) => (value: string) =>
  value
    .split(',')
    .every((each) => /^[+-]?\d{1,3}$/.test(each) && Number(each) !== 0 && Math.abs(Number(each)) <= most);

/** The parts that a rule may have, each with what its value must look like. */
const PARTS: Readonly<Record<string, (value: string) => boolean>> = {
  FREQ: (value) => /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value),
  INTERVAL: (value) => /^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST_INTERVAL,
  COUNT: (value) => /^\d{1,4}$/.test(value) && Number(value) >= 1,
  UNTIL: (value) => untilDate(value) !== null,
  WKST: (value) => /^(MO|TU|WE|TH|FR|SA|SU)$/.test(value),
  BYDAY: (value) => new RegExp(`^${DAY}(,${DAY})*$`).test(value),
  BYMONTHDAY: numbers(31),
  BYYEARDAY: numbers(366),
  BYWEEKNO: numbers(53),
  BYMONTH: (value) => numbers(12)(value) && !value.includes('-'),
  BYSETPOS: numbers(366),
};

/** Parts that the standard allows with some FREQ alone; elsewhere the library would search for seconds. */
const FOREIGN: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['BYWEEKNO', 'BYYEARDAY'],
  WEEKLY: ['BYWEEKNO', 'BYYEARDAY', 'BYMONTHDAY'],
  MONTHLY: ['BYWEEKNO', 'BYYEARDAY'],
};

const HINT: Readonly<Record<string, string>> = {
  FREQ: ': it is DAILY, WEEKLY, MONTHLY or YEARLY',
  COUNT: ': a number from 1 to 9999',
  UNTIL: ': a date such as 20280401, or a time such as 20280401T090000Z',
  BYDAY: ': days such as MO,TU or -1FR',
};

const partsOf = (rrule: string): [string, string][] =>
  rrule
    .toUpperCase()
    // As it stands in a calendar.
    .replace(/^RRULE:/, '')
    .split(';')
    .map((part) => {
      const [name = '', value = ''] = part.split('=', 2);
      return [name, value];
    });

/** The date and time of UNTIL as `2027-03-05T23:59:59`, a date alone as its last second; null for anything else. */
function untilDate(value: string): { local: string; isInstant: boolean } | null {
  const match = UNTIL.exec(value);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, utc] = match;
  const date = `${year}-${month}-${day}`;
  if (!isDate(date)) return null;
  const local = hour === undefined ? `${date}T23:59:59` : `${date}T${hour}:${minute}:${second}`;
  return parseLocal(local) ? { local, isInstant: utc !== undefined } : null;
}

/** The rule as it is followed on a clock that never jumps: an UNTIL that names an instant becomes what the zone's clocks show then. */
export function ruleText({ rrule, timeZone }: Pick<Recurrence, 'rrule' | 'timeZone'>): string {
  return partsOf(rrule)
    .map(([name, value]) => {
      const until = name === 'UNTIL' ? untilDate(value) : null;
      if (!until) return `${name}=${value}`;
      const local = until.isInstant ? localText(Date.parse(`${until.local}Z`), timeZone) : until.local;
      return `UNTIL=${local.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
    })
    .join(';');
}

function wrongRule(rrule: string): string | null {
  if (rrule.length > MOST_TEXT) return `A rule has at most ${MOST_TEXT} characters.`;
  const parts = partsOf(rrule);
  const names = parts.map(([name]) => name);
  const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    return `A rule is made of ${Object.keys(PARTS).join(', ')}; ${unknown || 'this'} is none of them.`;
  }
  if (new Set(names).size < names.length) return 'Each part of a rule stands there once.';
  if (!names.includes('FREQ')) return 'A rule begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.';
  if (names.includes('COUNT') && names.includes('UNTIL')) return 'A rule has COUNT or UNTIL, not both.';
  const [days, dates] = ['BYDAY', 'BYMONTHDAY'].map(
    (name) => parts.find(([known]) => known === name)?.[1] ?? '',
  );
  // The library leaves BYMONTHDAY out there, and would reserve other days than the rule says.
  const freq = parts.find(([name]) => name === 'FREQ')?.[1] ?? '';
  if (dates && /\d/.test(days ?? '') && freq === 'YEARLY') {
    return 'In a YEARLY rule a numbered BYDAY such as 1MO cannot stand with BYMONTHDAY.';
  }
  const wrong = parts.find(([name, value]) => !PARTS[name]?.(value));
  const foreign = names.find((name) => FOREIGN[freq]?.includes(name));
  if (!wrong && foreign) return `A ${freq} rule has no ${foreign} (RFC 5545, 3.3.10).`;
  return wrong ? `${wrong[0]}=${wrong[1]} cannot be followed${HINT[wrong[0]] ?? ''}.` : null;
}

const isLocal = (text: string) => parseLocal(text) !== null || isDate(text);

/** Null says that the recurrence can be followed; else INVALID_RRULE, or what is wrong with its times. */
export function checkRecurrence(recurrence: Recurrence, path: readonly string[]): InvalidInput | null {
  const { rrule, startsLocal, endsLocal, exdates, rdates } = recurrence;
  const wrong = wrongRule(rrule);
  if (wrong) return invalidInput([...path, 'rrule'], wrong, 'INVALID_RRULE');
  const [start, end] = [parseLocal(startsLocal), parseLocal(endsLocal)];
  if (!start || !end) return invalidInput(path, 'Start and end are local times such as 2027-03-01T09:00.');
  const days = start.until(end).total({ unit: 'days' });
  if (days <= 0) return invalidInput(path, 'A window must start before it ends.');
  if (days > MOST_DAYS) return invalidInput(path, `An occurrence lasts at most ${MOST_DAYS} days.`);
  for (const [name, list] of Object.entries({ exdates, rdates })) {
    if (list.length > MOST_DATES || !list.every(isLocal)) {
      const message = `Up to ${MOST_DATES} dates or local times such as 2027-03-08 or 2027-03-08T09:00.`;
      return invalidInput([...path, name], message);
    }
  }
  return null;
}
