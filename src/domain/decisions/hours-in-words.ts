import type { OpeningHours, OpenSpan } from '../schedules/opening-hours.js';
import { dateInWords, listed, WHOLE_DATE } from './words.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MOST_EXCEPTIONS = 5;

/** `24–26 Dec 2026`, `30 Dec 2026–2 Jan 2027`. */
function datesInWords(from: string, to: string): string {
  if (from === to) return dateInWords(from, WHOLE_DATE);
  const start: Intl.DateTimeFormatOptions =
    from.slice(0, 7) === to.slice(0, 7)
      ? { day: 'numeric' }
      : from.slice(0, 4) === to.slice(0, 4)
        ? { day: 'numeric', month: 'short' }
        : WHOLE_DATE;
  return `${dateInWords(from, start)}–${dateInWords(to, WHOLE_DATE)}`;
}

/** `Mon–Fri`, `Mon, Wed and Fri`, `Mon–Wed and Sat`. */
function daysInWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort();
  const runs: number[][] = [];
  for (const day of sorted) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const word = (day: number | undefined) => DAYS[(day ?? 1) - 1] as string;
  const words = runs.flatMap((run) =>
    run.length > 2 ? [`${word(run[0])}–${word(run.at(-1))}`] : run.map(word),
  );
  return listed(words, 'and');
}

const spansInWords = (spans: readonly OpenSpan[]): string =>
  listed(
    spans.map(({ opens, closes }) =>
      opens === '00:00' && (closes === '00:00' || closes === '24:00') ? 'all day' : `${opens}–${closes}`,
    ),
    'and',
  );

/** The week and its exceptions: `Open Mon–Fri 08:00–18:00; closed 24–26 Dec 2026: Christmas`. */
export function hoursInWords({ week, exceptions }: OpeningHours): string {
  const open = week.filter(({ days, spans }) => days.length > 0 && spans.length > 0);
  const usual = open.map(({ days, spans }) => `${daysInWords(days)} ${spansInWords(spans)}`).join(', ');
  const others = exceptions.slice(0, MOST_EXCEPTIONS).map(({ from, to, title, spans }) => {
    const what = spans.length === 0 ? 'closed' : `${spansInWords(spans)} on`;
    return `${what} ${datesInWords(from, to)}${title ? `: ${title}` : ''}`;
  });
  const more = exceptions.length - others.length;
  return [
    usual === '' ? 'Closed on all days of the week' : `Open ${usual}`,
    ...others,
    ...(more > 0 ? [`${more} more exceptions`] : []),
  ].join('; ');
}
