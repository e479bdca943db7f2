import { readUsage, type UsedSpan } from '../../sql/rules/read-usage.js';
import type { Ctx } from '../act.js';
import type { Case } from './case.js';
import { judgeQuotas } from './judge-quotas.js';
import { quotaCounts } from './quota.js';
import type { Reason } from './reason.js';

const spanOf = ({ window }: Case): UsedSpan => [window.startsAt.getTime(), window.endsAt.getTime()];

/**
 * What the quota of that name says against reservations that are there, as if they were made one after the other:
 * each counts with those before it and with all that is not among them.
 * @returns the reasons by `reservation resource`; who passes is missing
 */
export async function judgeQuotaInOrder(
  ctx: Ctx,
  name: string,
  made: readonly { readonly reservationId: string; readonly at: Case }[],
): Promise<Map<string, Reason[]>> {
  const ids = new Map(made.map(({ reservationId, at }) => [at, reservationId]));
  const counts = quotaCounts([...ids.keys()]).filter(({ rule }) => rule.name === name);
  const found = new Map<string, Reason[]>();
  if (counts.length === 0) return found;
  const usage = await readUsage(ctx.db, ctx.clock.fixed(), counts, [...new Set(ids.values())]);
  for (const [index, count] of counts.entries()) {
    const there = [...(usage[index] ?? [])];
    for (const at of count.cases) {
      const [reason] = judgeQuotas([{ ...count, cases: [at] }], [there]);
      there.push(spanOf(at));
      const key = `${ids.get(at)} ${at.of.id}`;
      if (reason && !found.has(key)) found.set(key, [reason]);
    }
  }
  return found;
}
