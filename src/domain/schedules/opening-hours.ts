import { addDays, dayStart, localDate, wallTime, weekday } from '../time/local-day.js';
import { type Stretch, within } from '../time/stretch.js';
export interface OpenSpan {
  readonly opens: string;
  readonly closes: string;
}
export interface OpeningHours {
  readonly week: readonly { readonly days: readonly number[]; readonly spans: readonly OpenSpan[] }[];
  readonly exceptions: readonly {
    readonly from: string;
    readonly to: string;
    readonly title: string;
    readonly spans: readonly OpenSpan[];
  }[];
}
const m = (t: string) => Number(t.slice(0, 2)) * 60 + Number(t.slice(3, 5));
export function openStretches(
  hoursOn: (date: string) => OpeningHours | null,
  tz: string,
  b: Stretch,
): Stretch[] {
  const out: Stretch[] = [];
  for (let d = addDays(localDate(b.from, tz), -1); d <= localDate(b.to, tz); d = addDays(d, 1)) {
    const h = hoursOn(d);
    if (!h) {
      out.push({ from: dayStart(d, tz), to: dayStart(addDays(d, 1), tz) });
      continue;
    }
    const ex = h.exceptions.findLast((e) => e.from <= d && d <= e.to);
    const spans = ex ? ex.spans : h.week.filter((w) => w.days.includes(weekday(d))).flatMap((w) => w.spans);
    for (const s of spans)
      out.push({
        from: wallTime(d, m(s.opens), tz),
        to: wallTime(d, m(s.closes) <= m(s.opens) ? m(s.closes) + 1440 : m(s.closes), tz),
      });
  }
  return within(out, b);
}
