import type { UsedSpan } from '../../sql/rules/read-usage.js';
import type { Quota } from '../schedules/rule.js';
import { lengthInWords } from './judge-notice.js';
import { meeting, type QuotaCount, usedBy } from './quota.js';
import { type Reason, reason, spanOf } from './reason.js';

const MINUTE = 60_000;

/** The most of the spans that share one instant of the bounds. */
function mostAtOnce(spans: readonly UsedSpan[], from: number, to: number): number {
  const steps = spans
    .map(([start, end]) => [Math.max(start, from), Math.min(end, to)] as const)
    .filter(([start, end]) => start < end)
    .flatMap(([start, end]) => [
      { at: start, step: 1 },
      { at: end, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step);
  let running = 0;
  let most = 0;
  for (const { step } of steps) {
    running += step;
    most = Math.max(most, running);
  }
  return most;
}

/** What the wishes and what is there already come to under the quota. */
function measured(
  { measure, period }: Quota,
  { from, to, cases, beside }: QuotaCount,
  there: readonly UsedSpan[],
): number {
  const spans = [...there, ...meeting(beside, { from, to }).map(usedBy)];
  if (period === 'CONCURRENT') return Math.max(...cases.map((at) => mostAtOnce(spans, ...usedBy(at))));
  if (measure === 'COUNT') return spans.filter(([start]) => start >= from && start < to).length;
  const minutes = spans.map(
    ([start, end]) => Math.max(0, Math.min(end, to) - Math.max(start, from)) / MINUTE,
  );
  return minutes.reduce((sum, each) => sum + each, 0);
}

/** What a period is called behind an amount. */
export const PERIOD: Record<Quota['period'], string> = {
  DAY: 'a day',
  ISO_WEEK: 'a week',
  MONTH: 'a month',
  CONCURRENT: 'at the same time',
};

/** QUOTA_EXCEEDED: one reason a rule, of the first of its periods that would be too full. */
export function judgeQuotas(
  counts: readonly QuotaCount[],
  usage: readonly (readonly UsedSpan[])[],
): Reason[] {
  const told = new Set<string>();
  return counts.flatMap((count, index) => {
    const { rule, key, cases, from, to } = count;
    const used = measured(rule.settings, count, usage[index] ?? []);
    const { limit, measure, period } = rule.settings;
    const name = `${rule.id} ${key}`;
    if (used <= limit || told.has(name)) return [];
    told.add(name);
    const amount =
      measure === 'MINUTES' && period !== 'CONCURRENT' ? lengthInWords(limit) : `${limit} reservations`;
    return reason('QUOTA_EXCEEDED', `${rule.name}: at most ${amount} ${PERIOD[period]}.`, {
      resourceId: cases[0]?.of.id ?? null,
      rule,
      span: spanOf(from, to),
      limit,
      used,
    });
  });
}
