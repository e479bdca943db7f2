import { LOOK_AHEAD_DAYS, type UseFact } from '../../sql/reservations/read-facts.js';
import { addDays, dayStart, localDate, wallMinutes } from '../time/local-day.js';
import { merged, type Stretch, within, without } from '../time/stretch.js';
import { onStep } from '../time/wall-step.js';
import { lengthMs } from '../time/window.js';
import { binding, type Case, moved, occupiedBy } from './case.js';
import { judgeRules } from './decide.js';
import { minutesOf } from './judge-grid.js';
import { noticeBounds } from './judge-notice.js';
import type { ReasonCode } from './reason.js';
import { usage } from './usage.js';

const MINUTE = 60_000;
const MOST_TRIES = 200;

/** Reasons that another time could answer. */
export const OF_TIME: ReadonlySet<ReasonCode> = new Set([
  'SLOT_TAKEN',
  'SLOT_HELD',
  'BUFFER_CONFLICT',
  'CAPACITY_EXCEEDED',
  'OUTSIDE_OPENING_HOURS',
  'CLOSED',
  'TOO_SOON',
  'MISALIGNED',
]);

/** Where, of all that is in use, the quantity does not fit beside. */
function fullIn(at: Case, capacity: number, bounds: Stretch, ahead: readonly UseFact[]): Stretch[] {
  if (!at.of.pooled) return ahead.map(([from, to]) => ({ from, to }));
  return usage(bounds, ahead).filter((use) => use.quantity + at.quantity > capacity);
}

/** Where no window can lie, for what is full and the buffers that the case has. */
const around = (full: readonly Stretch[], { buffers: { setupMinutes, teardownMinutes } }: Case): Stretch[] =>
  merged(
    full.map(({ from, to }) => ({
      from: from - teardownMinutes * MINUTE,
      to: to + setupMinutes * MINUTE,
    })),
  );

/** The next instant from `at` on that the grid allows for a start. */
function aligned(at: Case, instant: number): number {
  const settings = binding(at.rules.grid, at.actorRole)?.settings;
  if (!settings) return instant;
  const { timeZone } = at.of;
  const step = settings.stepMinutes ?? 1;
  const times = settings.startTimes?.map(minutesOf).toSorted((a, b) => a - b) ?? null;
  if (!times) return onStep(instant, step, timeZone);
  const minutes = wallMinutes(instant, timeZone);
  const next = times.find((time) => time >= minutes && time % step === 0);
  if (next !== undefined) return instant + Math.round((next - minutes) * MINUTE);
  return dayStart(addDays(localDate(instant, timeZone), 1), timeZone);
}

/** The case as it would be with that start and the same length. */
const startingAt = (at: Case, start: number): Case =>
  moved(at, { startsAt: new Date(start), endsAt: new Date(start + lengthMs(at.window)) });

/** Whether nothing, or nothing about time, speaks against it: rules of that day, and what is in use around it. */
function passes(at: Case, full: readonly Stretch[], fully: boolean): boolean {
  const { from, to } = occupiedBy(at);
  if (full.some((stretch) => stretch.from < to && from < stretch.to)) return false;
  return !judgeRules(at).some(({ code }) => fully || OF_TIME.has(code) || code === 'TOO_FAR_AHEAD');
}

/** When a section under the same rules throughout is open and not closed; looked up in the bounds, which are remembered. */
const usableIn = ({ of, book, rules, actorRole }: Case, section: Stretch, bounds: Stretch): Stretch[] =>
  binding(rules.hours, actorRole)
    ? within(book.usableIn(of, bounds), section)
    : without([section], merged(book.closedIn(of, bounds)));

/**
 * The first start, not before `from`, from which a window of the same length passes in time: open, not closed,
 * on the grid, within notice and horizon, and free. Quotas are not looked at.
 * @param ahead what is in use from there on, by start
 * @param until how far `ahead` is known; nothing behind it is found
 * @param fully whether access and the length itself count too
 * @returns ms since 1970, or null where nothing is found within 60 days
 */
export function nextFit(
  at: Case,
  capacity: number,
  ahead: readonly UseFact[],
  from = at.window.startsAt.getTime(),
  until = Number.POSITIVE_INFINITY,
  fully = false,
): number | null {
  if (at.quantity > capacity) return null;
  const { of, book } = at;
  const length = lengthMs(at.window);
  const earliest = Math.max(from, at.now);
  // Another day may ask for less notice than the wished one, but that one alone must not end the search.
  const noticed = localDate(Math.max(earliest, noticeBounds(at).from), of.timeZone);
  const bounds = {
    from: dayStart(localDate(earliest, of.timeZone), of.timeZone),
    to: dayStart(addDays(noticed, LOOK_AHEAD_DAYS + Math.ceil(length / 86_400_000)), of.timeZone),
  };
  const full = fullIn(at, capacity, bounds, ahead);
  const sections = book
    .sectionsIn(of, bounds)
    .map((section) => ({ section, at: startingAt(at, section.from) }));
  const usable = sections.flatMap((each) => usableIn(each.at, each.section, bounds));
  const open = merged(usable);
  let tries = 0;
  for (const { section, at: there } of sections) {
    const notice = noticeBounds(there);
    const last = Math.min(section.to, notice.to);
    for (const free of without(open, around(full, there))) {
      let start = aligned(there, Math.max(free.from, section.from, notice.from, earliest));
      while (start + length <= free.to && start + length <= until && start < last) {
        if (passes(startingAt(at, start), full, fully)) return start;
        if (++tries > MOST_TRIES) return null;
        start = aligned(there, start + MINUTE);
      }
    }
  }
  return null;
}
