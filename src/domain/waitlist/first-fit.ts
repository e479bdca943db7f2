import type { TargetRow } from '../../sql/waitlist/queue.js';
import type { Candidate } from '../availability/candidate.js';
import { openAt } from '../availability/find-windows.js';
import type { Inquiry } from '../availability/inquiry.js';
import { type OpenNeed, pickSets } from '../availability/pick-set.js';
import { stepOf } from '../availability/start-steps.js';
import { localDate } from '../time/local-day.js';
import { stepsBetween } from '../time/wall-step.js';
import type { Window } from '../time/window.js';

/** What somebody waits for. Instants in ms since 1970. */
export interface Wanted {
  readonly firstStart: number;
  readonly lastStart: number;
  readonly lengthMs: number;
  /** By needs, what is preferred first. */
  readonly targets: readonly TargetRow[];
}

export interface Fit {
  readonly window: Window;
  /** One for each need. */
  readonly candidates: readonly Candidate[];
}

const MINUTE = 60_000;

/** The needs with all that would do and is in use, in the order in which it is preferred. */
function needsOf(inquiry: Inquiry, targets: readonly TargetRow[]): OpenNeed[] {
  return [...Map.groupBy(targets, ({ need }) => need).values()].map((each) => ({
    count: 1,
    // As picks go by spare seats, the place in the list stands for them.
    offers: each.flatMap(({ resourceId, quantity }, spareSeats) => {
      const candidate = inquiry.candidate(resourceId, quantity);
      return candidate ? { candidate, spareSeats } : [];
    }),
  }));
}

/** Every start worth trying, the earliest first: on the steps of the day, and where something in the way ends. */
function startsFor(inquiry: Inquiry, wanted: Wanted, candidates: readonly Candidate[]): number[] {
  const { firstStart, lastStart } = wanted;
  if (firstStart === lastStart) return [firstStart];
  const timeZone = candidates[0]?.of.timeZone ?? 'UTC';
  const steps = stepsBetween(firstStart, lastStart, stepOf(inquiry, candidates, firstStart), timeZone);
  const behind = candidates.flatMap(({ of, full }) => {
    const { setupMinutes } = inquiry.book.buffersOf(of, localDate(firstStart, of.timeZone));
    return full.map(({ to }) => to + setupMinutes * MINUTE);
  });
  const all = [firstStart, ...steps, ...behind].filter((at) => at >= firstStart && at <= lastStart);
  return [...new Set(all)].sort((a, b) => a - b);
}

/**
 * The earliest window in which the engine would let all needs be reserved together, each by the resource that is preferred
 * as far as possible. Null where the whole wish fits nowhere; a part of it is nothing.
 */
export function firstFit(inquiry: Inquiry, wanted: Wanted): Fit | null {
  const needs = needsOf(inquiry, wanted.targets);
  const all = needs.flatMap(({ offers }) => offers.map(({ candidate }) => candidate));
  for (const start of startsFor(inquiry, wanted, all)) {
    if (start <= inquiry.now) continue;
    const window = { startsAt: new Date(start), endsAt: new Date(start + wanted.lengthMs) };
    const open = openAt(inquiry, window, needs);
    const [found] = open
      ? pickSets(
          open,
          {
            areApart: (a, b) => inquiry.areApart(a, b),
            accepts: (set) => inquiry.passesTogether(set, window),
          },
          1,
        )
      : [];
    if (found) return { window, candidates: found.picks.flat() };
  }
  return null;
}
