import type { Placement } from '../../sql/rules/read-placements.js';
import type { Role } from '../act.js';
import { binding } from '../decisions/case.js';
import { noticeBounds } from '../decisions/judge-notice.js';
import { type Reason, reason } from '../decisions/reason.js';
import { MOST_DAYS_AHEAD } from '../schedules/check-times.js';
import type { Standing } from '../schedules/rule.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { localDate } from '../time/local-day.js';

/** How far a series goes where no rule sets a horizon. */
const YEARS = 3;

/** No rule reaches farther; two days more for the zones and what is left of today. */
const FARTHEST = (MOST_DAYS_AHEAD + 2) * 86_400_000;

/** The instant before which an occurrence must start, and what says so; no rule: the same for every series. */
export interface Horizon {
  readonly to: number;
  readonly of: Placement;
  readonly rule: Standing<'NOTICE'> | null;
}

/** The horizons of the resources of a series, which may change from date to date. */
export interface Horizons {
  /** Behind this instant everything is too far ahead; ms since 1970. */
  readonly until: number;
  /** The nearest horizon that counts for an occurrence at that instant. */
  readonly at: (startsAt: number) => Horizon;
}

function yearsOn(now: number): number {
  const then = new Date(now);
  return then.setUTCFullYear(then.getUTCFullYear() + YEARS);
}

/** Those of their notice rules on each day, three years where they have none. */
export function horizonsOf(
  placements: readonly [Placement, ...Placement[]],
  book: RuleBook,
  now: number,
  actorRole: Role,
): Horizons {
  const horizon = (of: Placement, instant: number): Horizon => {
    const rules = book.inForce(of, localDate(instant, of.timeZone));
    const { to } = noticeBounds({ of, rules, now, actorRole });
    if (to === Number.POSITIVE_INFINITY) return { to: yearsOn(now), of, rule: null };
    return { to, of, rule: binding(rules.notice, actorRole) };
  };
  const each = placements.map((of) => ({
    today: horizon(of, now),
    from: book
      .sectionsIn(of, { from: now, to: now + FARTHEST })
      .map(({ from }) => ({ from, horizon: horizon(of, from) })),
  }));
  const farthest = each.map(({ from }) => Math.max(...from.map((section) => section.horizon.to)));
  return {
    until: Math.min(...farthest),
    at: (startsAt) =>
      each
        .map(({ today, from }) => from.findLast((section) => section.from <= startsAt)?.horizon ?? today)
        .reduce((nearest, other) => (other.to < nearest.to ? other : nearest)),
  };
}

/** TOO_FAR_AHEAD for a series of which the occurrence at `startsAt` lies behind the horizon. */
export function beyond({ to, of, rule }: Horizon, startsAt: number): Reason {
  const days = rule?.settings.horizonDays ?? null;
  const far =
    days === null
      ? `A series goes up to ${YEARS} years ahead`
      : `${of.name} can be reserved up to ${days} days ahead`;
  const date = localDate(startsAt, of.timeZone);
  return reason('TOO_FAR_AHEAD', `${far}; this one has an occurrence on ${date}.`, {
    resourceId: of.id,
    rule,
    limit: days,
    latestStart: new Date(to - 1).toISOString(),
  });
}
