import { addDays, dayStart, localDate } from '../time/local-day.js';
import { type Stretch, within, without } from '../time/stretch.js';
import { binding, type Case } from './case.js';
import { type Reason, reason, spanOf } from './reason.js';

/** The local days that the window meets: hours are looked up by whole days, which are remembered. */
function daysOf({ of, window }: Case): { date: string; day: Stretch }[] {
  const { timeZone } = of;
  const last = localDate(window.endsAt.getTime() - 1, timeZone);
  const days = [];
  for (let date = localDate(window.startsAt.getTime(), timeZone); date <= last; ) {
    const next = addDays(date, 1);
    days.push({ date, day: { from: dayStart(date, timeZone), to: dayStart(next, timeZone) } });
    date = next;
  }
  return days;
}

/** OUTSIDE_OPENING_HOURS: the window itself; buffers may hang over (O3). Of a day the hours of that day count. */
export function judgeHours(at: Case): Reason[] {
  const { book, of, window, actorRole } = at;
  const wish = { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
  const days = daysOf(at);
  const around = { from: days[0]?.day.from ?? wish.from, to: days.at(-1)?.day.to ?? wish.to };
  const open = book.openIn(of, around);
  const shut = without([wish], open);
  if (shut.length === 0) return [];
  const outside = days.flatMap(({ date, day }) => {
    const rule = binding(book.inForce(of, date).hours, actorRole);
    return rule ? within(shut, day).map((stretch) => ({ ...stretch, rule })) : [];
  });
  const [first, last] = [outside[0], outside.at(-1)];
  if (!first || !last) return [];
  const begun = open.find(({ from, to }) => from <= wish.from && wish.from < to);
  return [
    reason('OUTSIDE_OPENING_HOURS', `${of.name} is not open throughout this window.`, {
      resourceId: of.id,
      rule: first.rule,
      span: spanOf(first.from, last.to),
      latestEnd: begun ? new Date(begun.to).toISOString() : null,
    }),
  ];
}

/** CLOSED: one reason a closure that the window meets. Nobody is exempt from a closure. */
export function judgeClosures({ book, of, window }: Case): Reason[] {
  const wish = { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
  const met = book.closedIn(of, wish);
  return [...new Set(met.map(({ closure }) => closure))].map((closure) => {
    const mine = met.filter((stretch) => stretch.closure === closure);
    const from = Math.max(wish.from, Math.min(...mine.map((stretch) => stretch.from)));
    const to = Math.min(wish.to, Math.max(...mine.map((stretch) => stretch.to)));
    return reason('CLOSED', `${of.name} is closed: ${closure.title}.`, {
      resourceId: of.id,
      closure,
      span: spanOf(from, to),
      latestEnd: from > wish.from ? new Date(from).toISOString() : null,
    });
  });
}
