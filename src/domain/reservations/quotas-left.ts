import { lockQuotas } from '../../sql/rules/lock-quotas.js';
import { readUsage } from '../../sql/rules/read-usage.js';
import type { Queryable } from '../../sql/statement.js';
import { judgeQuotas } from '../decisions/judge-quotas.js';
import { type QuotaCount, quotaLocks } from '../decisions/quota.js';

/**
 * Locks the quotas until the transaction ends and says whether they have room: two at once cannot both take the last.
 * @param besides reservations that do not count: those being moved
 * @param judges what is too many by what is used of each count; all that count together, in no order, without it
 */
export async function quotasLeft(
  tx: Queryable,
  now: string | null,
  counts: readonly QuotaCount[],
  besides: readonly string[] = [],
  judges = judgeQuotas,
): Promise<boolean> {
  if (counts.length === 0) return true;
  await lockQuotas(tx, quotaLocks(counts.flatMap(({ cases }) => cases)));
  return judges(counts, await readUsage(tx, now, counts, besides)).length === 0;
}
