import type { PersonFacts } from '../../sql/people/read-people.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import type { Standing, WaitTerms } from '../schedules/rule.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { localDate } from '../time/local-day.js';

/** Where no rule says otherwise. */
const USUAL: WaitTerms = { offerMinutes: 30, mostOpen: 10, priorities: [] };

/** The rule by which people wait for the resource on the day of that instant (ms since 1970), and what it says. */
export function waitTermsOf(
  book: RuleBook,
  of: Placement,
  at: number,
): { readonly rule: Standing<'WAITLIST'> | null; readonly terms: WaitTerms } {
  const rule = book.inForce(of, localDate(at, of.timeZone)).waitlist;
  return { rule, terms: rule?.settings ?? USUAL };
}

/** The highest priority that the person has under the terms. */
export function priorityOf({ priorities }: WaitTerms, { role, groupIds }: PersonFacts): number {
  const own = priorities.filter(
    (each) => each.roles.includes(role) || each.groupIds.some((id) => groupIds.includes(id)),
  );
  return own.length > 0 ? Math.max(...own.map(({ priority }) => priority)) : 0;
}
