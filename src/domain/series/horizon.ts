import type { Placement } from '../../sql/rules/read-placements.js';
import type { Role } from '../act.js';
import { binding } from '../decisions/case.js';
import { noticeBounds } from '../decisions/judge-notice.js';
import { type Reason, reason } from '../decisions/reason.js';
import type { Standing } from '../schedules/rule.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { localDate } from '../time/local-day.js';

/** How far a series goes where no rule sets a horizon. */
const YEARS = 3;

/** The instant before which every occurrence must start, and what says so; no rule: the same for every series. */
export interface Horizon {
  readonly to: number;
  readonly of: Placement;
  readonly rule: Standing<'NOTICE'> | null;
}

function yearsOn(now: number): number {
  const then = new Date(now);
  return then.setUTCFullYear(then.getUTCFullYear() + YEARS);
}

/** The nearest horizon of the resources: that of their notice rules, three years where they have none. */
export function horizonOf(
  placements: readonly [Placement, ...Placement[]],
  book: RuleBook,
  now: number,
  actorRole: Role,
): Horizon {
  const horizon = (of: Placement): Horizon => {
    const rules = book.inForce(of, localDate(now, of.timeZone));
    const { to } = noticeBounds({ of, rules, now, actorRole });
    if (to === Number.POSITIVE_INFINITY) return { to: yearsOn(now), of, rule: null };
    return { to, of, rule: binding(rules.notice, actorRole) };
  };
  return placements.map(horizon).reduce((nearest, each) => (each.to < nearest.to ? each : nearest));
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
