import { readUsage, type UsedSpan } from '../../sql/rules/read-usage.js';
import type { Ctx } from '../act.js';
import type { Case } from './case.js';
import { judgeQuotas } from './judge-quotas.js';
import { quotaCounts, usedBy } from './quota.js';
import type { Reason } from './reason.js';

/** What is used besides the cases, whose own spans stand among the others. */
function besides(used: readonly UsedSpan[], cases: readonly Case[]): UsedSpan[] {
  const own = new Map<string, number>();
  const left = (key: string) => own.get(key) ?? 0;
  for (const at of cases) own.set(`${usedBy(at)}`, left(`${usedBy(at)}`) + 1);
  return used.filter((span) => {
    const key = `${span}`;
    const isOwn = left(key) > 0;
    if (isOwn) own.set(key, left(key) - 1);
    return !isOwn;
  });
}

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
  // Naming thousands of reservations to leave out took PostgreSQL more than 10 s.
  const usage = await readUsage(ctx.db, ctx.clock.fixed(), counts, []);
  for (const [index, count] of counts.entries()) {
    const there = besides(usage[index] ?? [], count.beside);
    const judged = new Set(count.cases);
    for (const at of count.beside) {
      const alone = { ...count, cases: [at], beside: [at] };
      const [reason] = judged.has(at) ? judgeQuotas([alone], [there]) : [];
      there.push(usedBy(at));
      const key = `${ids.get(at)} ${at.of.id}`;
      if (reason && !found.has(key)) found.set(key, [reason]);
    }
  }
  return found;
}
