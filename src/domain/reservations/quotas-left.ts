import { lockQuotas } from '../../sql/rules/lock-quotas.js';
import { readUsage } from '../../sql/rules/read-usage.js';
import type { Queryable } from '../../sql/statement.js';
import { judgeQuotas } from '../decisions/judge-quotas.js';
import type { QuotaCount } from '../decisions/quota.js';

/** Locks the quotas until the transaction ends and says whether they have room: two at once cannot both take the last. */
export async function quotasLeft(
  tx: Queryable,
  now: string | null,
  counts: readonly QuotaCount[],
  besides: readonly string[] = [],
): Promise<boolean> {
  if (counts.length === 0) return true;
  await lockQuotas(
    tx,
    counts.map(({ key }) => key),
  );
  return judgeQuotas(counts, await readUsage(tx, now, counts, besides)).length === 0;
}
