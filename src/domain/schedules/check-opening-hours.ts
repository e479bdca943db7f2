import { type InvalidInput, invalidInput } from '../failure.js';
import { checkText } from '../text.js';
import type { OpeningHours, OpenSpan } from './opening-hours.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const MOST_SPANS = 10;
const MOST_ENTRIES = 400;

const isTime = (text: string) => TIME.test(text);
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether the text is a date that exists, YYYY-MM-DD. */
export const isDate = (text: string): boolean =>
  DATE.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;

/** A wall-clock time from 00:00 to 23:59 (T5); null says that it is one. */
export const checkTime = (time: string, path: readonly string[]): InvalidInput | null =>
  isTime(time) ? null : invalidInput(path, `${time} is not a time of day such as 09:30.`, 'INVALID_TIME');

function checkSpans(spans: readonly OpenSpan[], path: readonly string[]): InvalidInput | null {
  if (spans.length > MOST_SPANS) return invalidInput(path, `A day has at most ${MOST_SPANS} opening spans.`);
  for (const { opens, closes } of spans) {
    const wrong = checkTime(opens, [...path, 'opens']);
    if (wrong) return wrong;
    if (closes !== '24:00' && !isTime(closes)) {
      const message = `${closes} is not a closing time: 00:00 to 24:00.`;
      return invalidInput([...path, 'closes'], message, 'INVALID_TIME');
    }
  }
  const ends = spans
    .map(({ opens, closes }) => ({ from: minutesOf(opens), to: minutesOf(closes) }))
    .map(({ from, to }) => ({ from, to: to <= from ? to + 1440 : to }))
    .sort((a, b) => a.from - b.from);
  const overlaps = ends.some(({ to }, index) => to > (ends[index + 1]?.from ?? Number.POSITIVE_INFINITY));
  return overlaps ? invalidInput(path, 'The opening spans of one day cannot overlap.') : null;
}

/** Null says that the hours can be kept: bounded lists, times as T5 has them, dates that exist. */
export function checkOpeningHours(hours: OpeningHours, path: readonly string[]): InvalidInput | null {
  const { week, exceptions } = hours;
  if (week.length + exceptions.length > MOST_ENTRIES) {
    return invalidInput(path, `Opening hours have at most ${MOST_ENTRIES} entries.`);
  }
  for (const { days, spans } of week) {
    const isDay = (day: number) => Number.isInteger(day) && day >= 1 && day <= 7;
    if (days.length < 1 || days.length > 7 || !days.every(isDay)) {
      return invalidInput([...path, 'week', 'days'], 'Days are numbers from 1 (Monday) to 7 (Sunday).');
    }
    const wrong = checkSpans(spans, [...path, 'week', 'spans']);
    if (wrong) return wrong;
  }
  for (const { from, to, title, spans } of exceptions) {
    if (!isDate(from) || !isDate(to) || from > to) {
      return invalidInput([...path, 'exceptions'], 'An exception has a first and a last date, YYYY-MM-DD.');
    }
    const wrong =
      checkText(title, [...path, 'exceptions', 'title'], 0, 200) ??
      checkSpans(spans, [...path, 'exceptions', 'spans']);
    if (wrong) return wrong;
  }
  return null;
}
