import type { Queryable } from '../../sql/statement.js';
import { acceptTerms as write } from '../../sql/terms/acceptances.js';
import type { ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import type { CaseSet } from '../decisions/decide.js';
import { acceptancesIn } from '../decisions/judge-terms.js';

/** A reservation with the cases by which it was made. */
export interface MadeBy {
  readonly reservationId: string;
  readonly cases: CaseSet;
}

/** Whether anything is accepted with it. */
export const acceptsTerms = (cases: CaseSet): boolean => acceptancesIn(cases).length > 0;

/** Writes down what the viewer has accepted with these reservations, in the transaction that makes them. */
export async function acceptTerms(ctx: ViewerCtx, tx: Queryable, made: readonly MadeBy[]): Promise<void> {
  const all = new Map<string, { ruleId: string; version: string; reservationId: string | null }>();
  for (const { reservationId, cases } of made) {
    for (const { ruleId, version, eachTime } of acceptancesIn(cases)) {
      const each = { ruleId, version, reservationId: eachTime ? reservationId : null };
      all.set(JSON.stringify(each), each);
    }
  }
  if (all.size === 0) return;
  const news = await write(tx, ctx.clock.fixed(), ctx.viewer.userId, [...all.values()]);
  const entries = news.map(({ ruleId, version, reservationId }) => ({
    action: 'terms.accept',
    subjectId: ruleId,
    after: { version, reservationId },
  }));
  await recordAudits(tx, ctx, entries);
}
