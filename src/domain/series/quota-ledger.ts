import type { UsedSpan } from '../../sql/rules/read-usage.js';
import type { Case } from '../decisions/case.js';
import type { CaseSet } from '../decisions/decide.js';
import type { Judged } from '../decisions/judge.js';
import { judgeQuotas } from '../decisions/judge-quotas.js';
import { meeting, type QuotaCount, quotaCounts, reached } from '../decisions/quota.js';
import type { Reason } from '../decisions/reason.js';

/** The same for all that is read together: one period of a rule, or all of it where it counts what runs at once. */
const nameOf = ({ key, rule, from, to }: QuotaCount): string =>
  rule.settings.period === 'CONCURRENT' ? `${rule.id} ${key}` : `${rule.id} ${key} ${from} ${to}`;

/** What the database has answered. */
interface Used {
  readonly count: QuotaCount;
  readonly spans: readonly UsedSpan[];
}

/** Counts reservations one after the other: each is judged beside those that were granted before it. */
export class QuotaLedger {
  private readonly used = new Map<string, Used[]>();
  /** What each question counts of what was granted, by its key. */
  private readonly granted = new Map<string, { readonly count: QuotaCount; readonly cases: Case[] }>();

  /** @param judged where everything that will be counted has been judged: they know what is used already */
  constructor(...judged: readonly Pick<Judged, 'counts' | 'usage'>[]) {
    for (const { counts, usage } of judged) {
      for (const [index, count] of counts.entries()) {
        const name = nameOf(count);
        this.used.set(name, [...(this.used.get(name) ?? []), { count, spans: usage[index] ?? [] }]);
        if (!this.granted.has(count.key)) this.granted.set(count.key, { count, cases: [] });
      }
    }
  }

  private spansOf(count: QuotaCount): readonly UsedSpan[] {
    const all = this.used.get(nameOf(count)) ?? [];
    return all.find(({ count: { from, to } }) => from <= count.from && count.to <= to)?.spans ?? [];
  }

  /** QUOTA_EXCEEDED, where these would be too many beside what is there and what was granted. */
  against(cases: CaseSet): Reason[] {
    const counts = quotaCounts(cases).map((count) => {
      const before = meeting(this.granted.get(count.key)?.cases ?? [], count);
      return { ...count, beside: [...before, ...count.beside] };
    });
    return judgeQuotas(
      counts,
      counts.map((count) => this.spansOf(count)),
    );
  }

  /** Counts them from now on. */
  grant(cases: CaseSet): void {
    for (const { count, cases: before } of this.granted.values()) before.push(...reached(cases, count));
  }
}

/** QUOTA_EXCEEDED for each of the reservations that would be too many beside those before it and what is there. */
export function judgeInOrder(
  sets: readonly CaseSet[],
  counts: readonly QuotaCount[],
  usage: readonly (readonly UsedSpan[])[],
): Reason[] {
  const ledger = new QuotaLedger({ counts, usage });
  return sets.flatMap((cases) => {
    const reasons = ledger.against(cases);
    ledger.grant(cases);
    return reasons;
  });
}
