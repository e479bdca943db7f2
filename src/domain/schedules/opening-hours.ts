import { addDays, dayStart, localDate, wallTime, weekday } from '../time/local-day.js';
import { type Stretch, within } from '../time/stretch.js';

/** From one wall-clock time to another, HH:MM; a closing at or before its opening belongs to the next day (T5). */
export interface OpenSpan {
  readonly opens: string;
  /** `24:00` is the end of the day; with `00:00` to `00:00` it is open for the whole day. */
  readonly closes: string;
}

/** When a resource is open, by the days (ISO: Monday is 1) on which each span begins. */
export interface OpeningHours {
  readonly week: readonly { readonly days: readonly number[]; readonly spans: readonly OpenSpan[] }[];
  /** Dates on which other hours count, first and last included; of several the last one listed. No spans: closed. */
  readonly exceptions: readonly {
    readonly from: string;
    readonly to: string;
    readonly title: string;
    readonly spans: readonly OpenSpan[];
  }[];
}

const DAY_MINUTES = 1440;
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The spans that begin on the date. */
function spansOn({ week, exceptions }: OpeningHours, date: string): readonly OpenSpan[] {
  const exception = exceptions.findLast(({ from, to }) => from <= date && date <= to);
  if (exception) return exception.spans;
  const day = weekday(date);
  return week.filter(({ days }) => days.includes(day)).flatMap(({ spans }) => spans);
}

function stretchOf({ opens, closes }: OpenSpan, date: string, timeZone: string): Stretch {
  const [from, to] = [minutesOf(opens), minutesOf(closes)];
  return {
    from: wallTime(date, from, timeZone),
    to: wallTime(date, to <= from ? to + DAY_MINUTES : to, timeZone),
  };
}

/**
 * When it is open within the bounds, merged: spans that touch at midnight are one.
 * @param hoursOn the hours of each local date; null is open throughout
 */
export function openStretches(
  hoursOn: (date: string) => OpeningHours | null,
  timeZone: string,
  bounds: Stretch,
): Stretch[] {
  const open: Stretch[] = [];
  const last = localDate(bounds.to, timeZone);
  for (let date = addDays(localDate(bounds.from, timeZone), -1); date <= last; date = addDays(date, 1)) {
    const hours = hoursOn(date);
    if (hours) {
      for (const span of spansOn(hours, date)) open.push(stretchOf(span, date, timeZone));
    } else {
      open.push({ from: dayStart(date, timeZone), to: dayStart(addDays(date, 1), timeZone) });
    }
  }
  return within(open, bounds);
}
