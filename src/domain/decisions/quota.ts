import type { UsageQuestion, UsedSpan } from '../../sql/rules/read-usage.js';
import type { Quota, Standing } from '../schedules/rule.js';
import { addDays, dayStart, isoWeekStart, localDate, monthStart, nextMonthStart } from '../time/local-day.js';
import type { Stretch } from '../time/stretch.js';
import { binding, type Case } from './case.js';

/** One count that the wishes together must not bring above the limit of its rule. */
export interface QuotaCount extends UsageQuestion {
  readonly rule: Standing<'QUOTA'>;
  /** Locks it: the same for everybody who counts against it, by whichever version of the rule. */
  readonly key: string;
  /** Whose rule and period it is. */
  readonly cases: readonly Case[];
  /** All that has the key: under another version, or in the week of another zone, they may fall in this period too. */
  readonly beside: readonly Case[];
}

type Growing = Omit<QuotaCount, 'cases' | 'from' | 'to'> & { cases: Case[]; from: number; to: number };

const scopeOf = ({ resourceId, typeId, placeId }: Standing<'QUOTA'>) =>
  resourceId ?? typeId ?? placeId ?? 'organisation';

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

/** Every count that the wishes touch. A quota for a group binds its members alone. */
export function quotaCounts(cases: readonly Case[]): QuotaCount[] {
  const counts = new Map<string, Growing>();
  const byKey = new Map<string, Case[]>();
  for (const at of cases) {
    for (const standing of at.rules.quotas) {
      const rule = binding(standing, at.actorRole);
      const { groupId = null, over = 'SCOPE' } = rule?.settings ?? {};
      if (!rule || (groupId !== null && !at.owner.groupIds.includes(groupId))) continue;
      const scope = over === 'RESOURCE' ? { resourceId: at.of.id, typeId: null, placeId: null } : rule;
      const { resourceId, typeId, placeId } = scope;
      const key = `${scopeOf(rule)} ${groupId ?? at.owner.id} ${resourceId} ${rule.name}`;
      const beside = byKey.get(key) ?? [];
      byKey.set(key, beside);
      beside.push(at);
      for (const { from, to } of periodsOf(rule.settings, at)) {
        const atOnce = rule.settings.period === 'CONCURRENT';
        const period = `${rule.id} ${key} ${atOnce ? '' : `${from} ${to}`}`;
        const known = counts.get(period);
        if (known) {
          known.cases.push(at);
          known.from = Math.min(known.from, from);
          known.to = Math.max(known.to, to);
        } else {
          const userId = groupId === null ? at.owner.id : null;
          const question = { userId, groupId, resourceId, typeId, placeId, from, to };
          counts.set(period, { ...question, rule, key, cases: [at], beside });
        }
      }
    }
  }
  return [...counts.values()];
}
