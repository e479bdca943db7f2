import { addDays, dayStart, localDate } from '../time/local-day.js';
import { type Stretch, within, without } from '../time/stretch.js';
import { binding, type Case } from './case.js';
import { type Reason, reason, spanOf } from './reason.js';

interface LocalDay {
  readonly date: string;
  readonly day: Stretch;
}

/** The local days that the window meets: hours are looked up by whole days, which are remembered. */
function daysOf({ of, window }: Case): LocalDay[] {
  const { timeZone } = of;
  const last = localDate(window.endsAt.getTime() - 1, timeZone);
  const days: LocalDay[] = [];
  for (let date = localDate(window.startsAt.getTime(), timeZone); date <= last; ) {
    const next = addDays(date, 1);
    days.push({ date, day: { from: dayStart(date, timeZone), to: dayStart(next, timeZone) } });
    date = next;
  }
  return days;
}

const around = (days: readonly LocalDay[]): Stretch => ({
  from: days[0]?.day.from ?? 0,
  to: days.at(-1)?.day.to ?? 0,
});

/** OUTSIDE_OPENING_HOURS: the window itself; buffers may hang over (O3). Of a day the hours of that day count. */
export function judgeHours(at: Case): Reason[] {
  const { book, of, window, actorRole } = at;
  if (!book.hasHours) return [];
  const wish = { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
  const days = daysOf(at);
  const open = book.openIn(of, around(days));
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
export function judgeClosures(at: Case): Reason[] {
  const { book, of, window } = at;
  if (!book.hasClosures) return [];
  const wish = { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
  const met = book
    .closedIn(of, around(daysOf(at)))
    .filter(({ from, to }) => from < wish.to && wish.from < to);
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
