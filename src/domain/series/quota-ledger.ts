import type { UsedSpan } from '../../sql/rules/read-usage.js';
import type { Case } from '../decisions/case.js';
import type { CaseSet } from '../decisions/decide.js';
import type { Judged } from '../decisions/judge.js';
import { judgeQuotas } from '../decisions/judge-quotas.js';
import { meeting, type QuotaCount, quotaCounts } from '../decisions/quota.js';
import type { Reason } from '../decisions/reason.js';

/** The same for all that is read together: one period of a rule, or all of it where it counts what runs at once. */
const nameOf = ({ key, rule, from, to }: QuotaCount): string =>
  rule.settings.period === 'CONCURRENT' ? `${rule.id} ${key}` : `${rule.id} ${key} ${from} ${to}`;

const width = ({ from, to }: QuotaCount) => to - from;

/** Counts reservations one after the other: each is judged beside those that were granted before it. */
export class QuotaLedger {
  private readonly used = new Map<
    string,
    { readonly count: QuotaCount; readonly spans: readonly UsedSpan[] }
  >();
  /** By the key of the quota. */
  private readonly granted = new Map<string, Case[]>();

  /** @param judged where everything that will be counted has been judged: they know what is used already */
  constructor(...judged: readonly Pick<Judged, 'counts' | 'usage'>[]) {
    for (const { counts, usage } of judged) {
      for (const [index, count] of counts.entries()) {
        const known = this.used.get(nameOf(count));
        if (known && width(known.count) >= width(count)) continue;
        this.used.set(nameOf(count), { count, spans: usage[index] ?? [] });
      }
    }
  }

  /** QUOTA_EXCEEDED, where these would be too many beside what is there and what was granted. */
  against(cases: CaseSet): Reason[] {
    const counts = quotaCounts(cases).map((count) => {
      const before = meeting(this.granted.get(count.key) ?? [], count);
      return { ...count, beside: [...before, ...count.beside] };
    });
    return judgeQuotas(
      counts,
      counts.map((count) => this.used.get(nameOf(count))?.spans ?? []),
    );
  }

  /** Counts them from now on. */
  grant(cases: CaseSet): void {
    const byKey = new Map(quotaCounts(cases).map(({ key, beside }) => [key, beside]));
    for (const [key, beside] of byKey) {
      const before = this.granted.get(key);
      if (before) before.push(...beside);
      else this.granted.set(key, [...beside]);
    }
  }
}
