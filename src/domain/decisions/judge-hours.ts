import type { Standing } from '../schedules/rule.js';
import { addDays, dayStart, localDate } from '../time/local-day.js';
import { type Stretch, without } from '../time/stretch.js';
import { binding, type Case } from './case.js';
import { type Reason, reason, spanOf } from './reason.js';

/** The whole local days around the window: hours and closures are remembered by days. */
function daysAround({ of, window }: Case): Stretch {
  const last = localDate(window.endsAt.getTime() - 1, of.timeZone);
  return {
    from: dayStart(localDate(window.startsAt.getTime(), of.timeZone), of.timeZone),
    to: dayStart(addDays(last, 1), of.timeZone),
  };
}

/** Such a change only frees time, of which it was decided before that the reservation may stay. */
export const isKept = ({ window, had }: Case): boolean =>
  had !== undefined && had.startsAt <= window.startsAt && window.endsAt <= had.endsAt;

/** What of the window lies outside opening hours, by start, with the rule that says so. */
export function outsideHours(at: Case): (Stretch & { readonly rule: Standing<'OPENING_HOURS'> })[] {
  const { book, of, window, actorRole } = at;
  if (!book.hasHours || isKept(at)) return [];
  const wish = { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
  const open = book.openIn(of, daysAround(at));
  return book.sectionsIn(of, wish).flatMap((section) => {
    const rule = binding(book.inForce(of, localDate(section.from, of.timeZone)).hours, actorRole);
    return rule ? without([section], open).map((stretch) => ({ ...stretch, rule })) : [];
  });
}

/**
 * OUTSIDE_OPENING_HOURS: the window itself; buffers may hang over (O3). Of a day the hours of that day count. Where
 * an approval is for such windows they can be asked for.
 */
export function judgeHours(at: Case): Reason[] {
  const { book, of, window, rules } = at;
  const outside = outsideHours(at);
  const [first, last] = [outside[0], outside.at(-1)];
  if (!first || !last || rules.approvals.some(({ settings }) => settings.outsideHours)) return [];
  const start = window.startsAt.getTime();
  const begun = book.openIn(of, daysAround(at)).find(({ from, to }) => from <= start && start < to);
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
  if (!book.hasClosures || isKept(at)) return [];
  const wish = { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
  const met = book.closedIn(of, daysAround(at)).filter(({ from, to }) => from < wish.to && wish.from < to);
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
