import type { UsedSpan } from '../../sql/rules/read-usage.js';
import type { Quota } from '../schedules/rule.js';
import { lengthInWords } from './judge-notice.js';
import { meeting, type QuotaCount, usedBy } from './quota.js';
import { type Reason, reason, spanOf } from './reason.js';

const MINUTE = 60_000;

/** The most of the spans that share one instant of one of the windows; in one sweep, as series have thousands. */
function mostAtOnce(spans: readonly UsedSpan[], windows: readonly UsedSpan[]): number {
  const from = windows.reduce((first, [start]) => Math.min(first, start), Number.POSITIVE_INFINITY);
  const to = windows.reduce((last, [, end]) => Math.max(last, end), Number.NEGATIVE_INFINITY);
  const steps = spans
    .filter(([start, end]) => start < to && end > from)
    .flatMap(([start, end]) => [
      { at: start, step: 1 },
      { at: end, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step);
  const inOrder = windows.toSorted(([a], [b]) => a - b);
  let running = 0;
  let most = 0;
  let next = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [index, { at, step }] of steps.entries()) {
    running += step;
    // As many run up to the next step, which counts where a window that begins before that one is not over yet.
    const after = steps[index + 1]?.at ?? at;
    for (; (inOrder[next]?.[0] ?? after) < after; next++)
      until = Math.max(until, inOrder[next]?.[1] ?? until);
    if (at < after && at < until) most = Math.max(most, running);
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
  if (period === 'CONCURRENT') return mostAtOnce(spans, cases.map(usedBy));
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

/**
 * QUOTA_EXCEEDED: one reason a rule, of the first of its periods that would be too full. The wishes of a set or a
 * batch have no order: nothing speaks against them where each by itself would be granted in whatever order.
 */
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
