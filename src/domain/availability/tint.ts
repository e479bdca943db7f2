import type { ColouredRow } from '../../sql/availability/read-coloured.js';
import { binding } from '../decisions/case.js';
import { inactiveSentence } from '../decisions/decide.js';
import { admittedUntil } from '../decisions/judge-access.js';
import { lengthInWords, noticeBounds } from '../decisions/judge-notice.js';
import type { InForce } from '../schedules/in-force.js';
import { addDays, dayStart, localDate } from '../time/local-day.js';
import { type Stretch, without } from '../time/stretch.js';
import { type Cause, type Colour, cause } from './colour.js';
import type { Sight, Tint } from './sight.js';

type Subject = Pick<ColouredRow, 'placement' | 'inactive'>;
interface Layer extends Stretch {
  readonly colour: Colour;
  readonly cause: Cause;
}

const MINUTE = 60_000;
const OVER = cause('TOO_SOON', 'This time is over.');
const NOT_OPEN = cause('OUTSIDE_OPENING_HOURS', 'Not open at this time.');
const ADD_ON = cause('NOT_PERMITTED', 'Reserved only together with a resource that offers it.');

const notPermitted = (from: number, to: number, because: Cause): Layer => ({
  from,
  to,
  colour: 'NOT_PERMITTED',
  cause: because,
});

/** Too soon for anybody or by the notice rule, and behind its horizon. */
function timely(sight: Sight, of: Subject['placement'], rules: InForce, { from, to }: Stretch): Layer[] {
  const { now, actorRole } = sight;
  const bounds = noticeBounds({ of, rules, now, actorRole });
  const { leastMinutes, horizonDays } = rules.notice?.settings ?? {};
  const soon = `Must be reserved at least ${lengthInWords(leastMinutes ?? 0)} before the start.`;
  const far = `Can be reserved up to ${horizonDays} days ahead.`;
  return [
    notPermitted(bounds.to, to, cause('TOO_FAR_AHEAD', far)),
    notPermitted(from, bounds.from, cause('TOO_SOON', soon)),
    notPermitted(from, now, OVER),
  ];
}

/** Whoever looks is not admitted, or the thing cannot be reserved like this. */
function admitted(
  sight: Sight,
  { placement, inactive }: Subject,
  rules: InForce,
  { from, to }: Stretch,
): Layer[] {
  const { actorRole, owner } = sight;
  const access = admittedUntil({ rules, actorRole, owner });
  const [out] = inactive;
  return [
    ...(access ? [notPermitted(access.until, to, cause('NOT_PERMITTED', access.message))] : []),
    ...(placement.addOnOnly ? [notPermitted(from, to, ADD_ON)] : []),
    ...(out ? [notPermitted(from, to, cause('RESOURCE_INACTIVE', inactiveSentence(placement, out)))] : []),
  ];
}

/** Outside opening hours, and closed. Both are looked up by whole days, which are remembered. */
function open(
  { book, actorRole }: Sight,
  of: Subject['placement'],
  rules: InForce,
  section: Stretch,
): Layer[] {
  const { timeZone } = of;
  const days = {
    from: dayStart(localDate(section.from, timeZone), timeZone),
    to: dayStart(addDays(localDate(section.to - 1, timeZone), 1), timeZone),
  };
  const shut = binding(rules.hours, actorRole) ? without([section], book.openIn(of, days)) : [];
  return [
    ...shut.map((stretch): Layer => ({ ...stretch, colour: 'OUTSIDE_HOURS', cause: NOT_OPEN })),
    ...book.closedIn(of, days).map(({ from, to, closure: { title } }): Layer => {
      return { from, to, colour: 'CLOSED', cause: cause('CLOSED', `Closed: ${title}.`, { title }) };
    }),
  ];
}

/** Lays one colour over what it meets. */
function over(tints: readonly Tint[], { from, to, colour, cause: because }: Layer): Tint[] {
  return tints.flatMap((tint) => {
    const startsAt = Math.max(tint.startsAt, from);
    const endsAt = Math.min(tint.endsAt, to);
    if (startsAt >= endsAt) return tint;
    const covered = { ...tint, startsAt, endsAt, colour, cause: because };
    const before = tint.startsAt < startsAt ? [{ ...tint, endsAt: startsAt }] : [];
    const behind = endsAt < tint.endsAt ? [{ ...tint, startsAt: endsAt }] : [];
    return [...before, covered, ...behind];
  });
}

/** What touches and is the same is one tint. */
function joined(tints: readonly Tint[]): Tint[] {
  const all: Tint[] = [];
  for (const tint of tints) {
    const last = all.at(-1);
    if (last && last.colour === tint.colour && last.cause === tint.cause) {
      all[all.length - 1] = { ...last, endsAt: tint.endsAt };
    } else all.push(tint);
  }
  return all;
}

/** One section with the same rules throughout; the weakest layer first. */
function tintsIn(sight: Sight, subject: Subject, section: Stretch): Tint[] {
  const { placement } = subject;
  const date = localDate(section.from, placement.timeZone);
  const rules = sight.book.inForce(placement, date);
  const { setupMinutes, teardownMinutes } = sight.book.buffersOf(placement, date);
  const bare: Tint = {
    startsAt: section.from,
    endsAt: section.to,
    colour: 'FREE',
    quantity: 0,
    cause: null,
    setupMs: setupMinutes * MINUTE,
    teardownMs: teardownMinutes * MINUTE,
  };
  const layers = [
    ...timely(sight, placement, rules, section),
    ...admitted(sight, subject, rules, section),
    ...open(sight, placement, rules, section),
  ];
  return joined(layers.reduce<Tint[]>(over, [bare]));
}

/**
 * What the rules alone say about the whole window, without gaps and by start. No tint reaches over a midnight from
 * which other rules count, so a reservation within one is judged by the rules of all its instants.
 */
export function tintsOf(sight: Sight, subject: Subject): readonly Tint[] {
  const { book, window, tints } = sight;
  const { placement, inactive } = subject;
  const { timeZone, setupMinutes, teardownMinutes, addOnOnly } = placement;
  const kin = inactive.length > 0 ? placement.id : book.kinOf(placement);
  const key = `${kin} ${timeZone} ${setupMinutes} ${teardownMinutes} ${addOnOnly}`;
  const known = tints.get(key);
  if (known) return known;
  const made = book.sectionsIn(placement, window).flatMap((section) => tintsIn(sight, subject, section));
  tints.set(key, made);
  return made;
}
