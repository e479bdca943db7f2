import { searchCandidates } from '../../sql/availability/search-candidates.js';
import type { ResourceFilter } from '../../sql/resources/resource-filter.js';
import type { ViewerCtx } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { breathing } from '../time/breathing.js';
import { stepsBetween } from '../time/wall-step.js';
import type { Window } from '../time/window.js';
import type { Candidate } from './candidate.js';
import type { Inquiry } from './inquiry.js';
import { openInquiry } from './open-inquiry.js';
import { type Offer, type OpenNeed, type PickRules, pickSets } from './pick-set.js';
import { LEAST_STEP, stepOf } from './start-steps.js';

export interface WindowNeed {
  /** Checked by checkResourceFilter. */
  readonly filter: ResourceFilter;
  /** How many resources, and how much of each. */
  readonly count: number;
  readonly quantity: number;
}

export interface FindWindows {
  /** In which the whole window lies. */
  readonly within: Window;
  readonly minutes: number;
  readonly needs: readonly WindowNeed[];
  /** Between starts; null: as the grid rules ask for, else 15. */
  readonly stepMinutes: number | null;
  /** Windows that start near this instant come first; null: the earliest do. */
  readonly near: Date | null;
  readonly first: number;
  /** How many sets of resources for one start. */
  readonly perStart: number;
}

/** A window with resources that pass in it together. */
export interface FoundWindow {
  readonly window: Window;
  /** The resources for each need, in the order of the needs. */
  readonly picks: readonly (readonly string[])[];
  /** From the instant that was asked for, else from the start of the search. */
  readonly distanceMinutes: number;
  readonly spareSeats: number;
  readonly places: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const MOST_DAYS = 14;
const MOST_CANDIDATES = 1_000;
const MOST_RESOURCES = 10;
const MOST_ANSWERS = 50;
const MOST_PER_START = 10;

const within = (value: number, least: number, most: number) => value >= least && value <= most;

function check({
  within: span,
  minutes,
  needs,
  stepMinutes,
  first,
  perStart,
}: FindWindows): InvalidInput | null {
  const wrong = (field: string, message: string) => invalidInput(['input', field], message);
  const length = span.endsAt.getTime() - span.startsAt.getTime();
  const counts = needs.map(({ count }) => count);
  if (!within(length, 1, MOST_DAYS * DAY)) return wrong('within', `Search 1 minute to ${MOST_DAYS} days.`);
  if (!within(minutes, 1, MOST_DAYS * 1440))
    return wrong('minutes', `Ask for 1 minute to ${MOST_DAYS} days.`);
  if (!within(needs.length, 1, MOST_RESOURCES) || counts.some((count) => count < 1)) {
    return wrong('needs', `Name 1 to ${MOST_RESOURCES} needs, each for one resource or more.`);
  }
  if (counts.reduce((sum, count) => sum + count, 0) > MOST_RESOURCES) {
    return wrong('needs', `A search is for at most ${MOST_RESOURCES} resources.`);
  }
  if (needs.some(({ quantity }) => quantity < 1)) return wrong('needs', 'A quantity is at least 1.');
  if (stepMinutes !== null && !within(stepMinutes, LEAST_STEP, 1440)) {
    return wrong('stepMinutes', `Starts are ${LEAST_STEP} minutes to a day apart.`);
  }
  if (!within(first, 1, MOST_ANSWERS)) return wrong('first', `Ask for 1 to ${MOST_ANSWERS} answers.`);
  return within(perStart, 1, MOST_PER_START)
    ? null
    : wrong('perStart', `Ask for 1 to ${MOST_PER_START} sets for one start.`);
}

/** The starts to try, the best first. */
function startsFor(input: FindWindows, inquiry: Inquiry, candidates: readonly Candidate[]): number[] {
  const { within: span, minutes, near } = input;
  const from = Math.max(span.startsAt.getTime(), inquiry.now);
  const step = input.stepMinutes ?? stepOf(inquiry, candidates, from);
  const last = span.endsAt.getTime() - minutes * MINUTE;
  const starts = stepsBetween(from, last, step, candidates[0]?.of.timeZone ?? 'UTC');
  const wish = near?.getTime();
  if (wish === undefined) return starts;
  return starts.sort((a, b) => Math.abs(a - wish) - Math.abs(b - wish) || a - b);
}

/** The candidates of a need with their spare seats, in the order in which they are preferred. */
function offersOf(inquiry: Inquiry, { filter, quantity }: WindowNeed, ids: readonly string[]): Offer[] {
  return ids
    .flatMap((id) => inquiry.candidate(id, quantity) ?? [])
    .map((candidate) => {
      const spareSeats = filter.seatsAtLeast == null ? 0 : (candidate.of.seats ?? 0) - filter.seatsAtLeast;
      return { candidate, spareSeats };
    })
    .sort((a, b) => a.spareSeats - b.spareSeats || (a.candidate.of.name < b.candidate.of.name ? -1 : 1));
}

/** The needs with what passes at that window; null where one of them cannot be served. */
export function openAt(inquiry: Inquiry, window: Window, needs: readonly OpenNeed[]): OpenNeed[] | null {
  const open: OpenNeed[] = [];
  for (const { count, offers } of needs) {
    const left = offers.filter(({ candidate }) => inquiry.passesAlone(candidate, window));
    if (left.length < count) return null;
    open.push({ count, offers: left });
  }
  return open;
}

/** Searches the starts in their order until there are enough answers. */
async function search(
  input: FindWindows,
  inquiry: Inquiry,
  needs: readonly OpenNeed[],
): Promise<FoundWindow[]> {
  const { minutes, first, perStart } = input;
  const all = needs.flatMap(({ offers }) => offers.map(({ candidate }) => candidate));
  const wish = (input.near ?? input.within.startsAt).getTime();
  const found: FoundWindow[] = [];
  const breath = breathing();
  for (const start of startsFor(input, inquiry, all)) {
    const window = { startsAt: new Date(start), endsAt: new Date(start + minutes * MINUTE) };
    await breath();
    const open = openAt(inquiry, window, needs);
    if (!open) continue;
    const rules: PickRules = {
      areApart: (a, b) => inquiry.areApart(a, b),
      accepts: (set: readonly Candidate[]) => inquiry.passesTogether(set, window),
    };
    for (const { picks, ...facts } of pickSets(open, rules, Math.min(perStart, first - found.length))) {
      const distanceMinutes = Math.abs(start - wish) / MINUTE;
      const ids = picks.map((of) => of.map((candidate) => candidate.of.id));
      found.push({ window, distanceMinutes, ...facts, picks: ids });
    }
    if (found.length >= first) break;
  }
  return found;
}

/**
 * Windows in which the viewer could reserve resources for all needs at once: every answer passes the engine. Earliest
 * or nearest starts first, then the fewest spare seats, then the fewest places, then by name. Looks at up to 1,000
 * resources, those with the fewest seats; three statements, one more where quotas count.
 */
export async function findWindows(ctx: ViewerCtx, input: FindWindows): Promise<FoundWindow[] | InvalidInput> {
  const invalid = check(input);
  if (invalid) return invalid;
  const { needs } = input;
  const most = Math.floor(MOST_CANDIDATES / needs.length);
  const ids = await searchCandidates(ctx.db, needs, most);
  if (needs.some(({ count }, index) => (ids[index]?.length ?? 0) < count)) return [];
  const inquiry = await openInquiry(ctx, {
    resourceIds: [...new Set(ids.flat())],
    within: { from: input.within.startsAt.getTime(), to: input.within.endsAt.getTime() },
    countsQuotas: true,
  });
  if (!inquiry) return [];
  const open = needs.map((need, index) => ({
    count: need.count,
    offers: offersOf(inquiry, need, ids[index] ?? []),
  }));
  return search(input, inquiry, open);
}
