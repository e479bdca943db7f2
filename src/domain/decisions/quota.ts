import type { UsageQuestion, UsedSpan } from '../../sql/rules/read-usage.js';
import { scopeKey } from '../schedules/in-force.js';
import type { Quota, Standing } from '../schedules/rule.js';
import { addDays, dayStart, isoWeekStart, localDate, monthStart, nextMonthStart } from '../time/local-day.js';
import type { Stretch } from '../time/stretch.js';
import { binding, type Case } from './case.js';

/** One count that the wishes together must not bring above the limit of its rule. */
export interface QuotaCount extends UsageQuestion {
  readonly rule: Standing<'QUOTA'>;
  /** Names whose reservations it counts on which resources: the same for every rule that counts the same ones. */
  readonly key: string;
  /** Whose rule and period it is. */
  readonly cases: readonly Case[];
  /** All of the request that the question counts once it is written, under this rule or not, in any period. */
  readonly beside: readonly Case[];
}

/** Whose reservations are counted on which resources. */
type Reach = Omit<UsageQuestion, 'from' | 'to'>;
type Growing = Omit<QuotaCount, 'cases' | 'beside' | 'from' | 'to'> & {
  cases: Case[];
  from: number;
  to: number;
};

/** What the quota counts for the case. */
function reachOf({ settings: { groupId, over }, ...scope }: Standing<'QUOTA'>, { of, owner }: Case): Reach {
  const userId = groupId === null ? owner.id : null;
  if (over === 'RESOURCE') return { userId, groupId, resourceId: of.id, typeId: null, placeId: null };
  const { resourceId, typeId, placeId } = scope;
  return { userId, groupId, resourceId, typeId, placeId };
}

const keyOf = (reach: Reach): string => `${reach.groupId ?? reach.userId} ${scopeKey(reach)}`;

/** A quota for a group binds its members alone. */
const isFor = ({ settings: { groupId } }: Standing<'QUOTA'>, { owner }: Case): boolean =>
  groupId === null || owner.groupIds.includes(groupId);

/**
 * The names of all that may count the cases, under any version of any quota of their resources: who locks these has
 * no two requests beside each other of which each would have counted in a quota of the other.
 */
export const quotaLocks = (cases: readonly Case[]): string[] =>
  cases.flatMap((at) =>
    at.book
      .quotasOf(at.of)
      .filter((rule) => isFor(rule, at))
      .map((rule) => keyOf(reachOf(rule, at))),
  );

/** The cases that read-usage would count once they are written, whenever they are. */
export const reached = (cases: readonly Case[], { userId, groupId, ...scope }: Reach): Case[] =>
  cases.filter(
    ({ book, of, owner }) =>
      (groupId === null ? owner.id === userId : owner.groupIds.includes(groupId)) && book.isIn(scope, of),
  );

/** The first date of the period that holds the date, and of the one after it. */
function periodOf(period: Quota['period'], date: string): [string, string] {
  if (period === 'ISO_WEEK') return [isoWeekStart(date), addDays(isoWeekStart(date), 7)];
  if (period === 'MONTH') return [monthStart(date), nextMonthStart(date)];
  return [date, addDays(date, 1)];
}

/** The periods of the resource's zone that the wish counts in: by its start, or by every minute of it. */
function periodsOf({ period, measure }: Quota, { of, window }: Case): Stretch[] {
  const { timeZone } = of;
  const [start, end] = [window.startsAt.getTime(), window.endsAt.getTime()];
  if (period === 'CONCURRENT') return [{ from: start, to: end }];
  const last = measure === 'COUNT' ? localDate(start, timeZone) : localDate(end - 1, timeZone);
  const periods: Stretch[] = [];
  for (let date = localDate(start, timeZone); date <= last; ) {
    const [first, next] = periodOf(period, date);
    periods.push({ from: dayStart(first, timeZone), to: dayStart(next, timeZone) });
    date = next;
  }
  return periods;
}

/** The case as it counts once it has been made. */
export const usedBy = ({ window }: Case): UsedSpan => [window.startsAt.getTime(), window.endsAt.getTime()];

/** Those of the cases that can matter to what is counted between the two instants. */
export const meeting = (cases: readonly Case[], { from, to }: Stretch): Case[] =>
  cases.filter(({ window }) => window.startsAt.getTime() < to && window.endsAt.getTime() > from);

/** Every count that the wishes touch. */
export function quotaCounts(cases: readonly Case[]): QuotaCount[] {
  const counts = new Map<string, Growing>();
  for (const at of cases) {
    for (const standing of at.rules.quotas) {
      const rule = binding(standing, at.actorRole);
      if (!rule || !isFor(rule, at)) continue;
      const reach = reachOf(rule, at);
      const key = keyOf(reach);
      for (const { from, to } of periodsOf(rule.settings, at)) {
        const atOnce = rule.settings.period === 'CONCURRENT';
        const period = `${rule.id} ${key} ${atOnce ? '' : `${from} ${to}`}`;
        const known = counts.get(period);
        if (known) {
          known.cases.push(at);
          known.from = Math.min(known.from, from);
          known.to = Math.max(known.to, to);
        } else {
          counts.set(period, { ...reach, from, to, rule, key, cases: [at] });
        }
      }
    }
  }
  return withBeside([...counts.values()], cases);
}

/** The counts with what each counts of all cases. */
function withBeside(counts: readonly Growing[], cases: readonly Case[]): QuotaCount[] {
  const byOwner = Map.groupBy(cases, ({ owner }) => owner.id);
  const byKey = new Map<string, Case[]>();
  return counts.map((count) => {
    const { key, userId } = count;
    const beside = byKey.get(key) ?? reached(userId === null ? cases : (byOwner.get(userId) ?? []), count);
    byKey.set(key, beside);
    return { ...count, beside };
  });
}
