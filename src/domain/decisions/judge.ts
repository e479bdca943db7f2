import {
  type ConflictFact,
  type Facts,
  type ResourceFact,
  readFacts,
  type UseFact,
} from '../../sql/reservations/read-facts.js';
import { readUsage, type UsedSpan } from '../../sql/rules/read-usage.js';
import type { ViewerCtx } from '../act.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { type Case, occupiedBy, type Wish } from './case.js';
import { type CaseSet, decide } from './decide.js';
import { casesAt, type Docket, openDocket } from './docket.js';
import { judgeQuotas } from './judge-quotas.js';
import { type QuotaCount, quotaCounts } from './quota.js';
import type { Reason } from './reason.js';
import { suggest } from './suggest.js';

export interface Judged {
  readonly docket: Docket;
  readonly now: number;
  /** At that instant. */
  readonly sets: readonly CaseSet[];
  readonly facts: Facts;
  /** The facts of each set, in the order of its cases. */
  readonly factsOf: readonly (readonly ResourceFact[])[];
  /** What speaks against each reservation by itself. */
  readonly bySet: readonly (readonly Reason[])[];
  /** The quotas that they touch, and what is used of each. */
  readonly counts: readonly QuotaCount[];
  readonly usage: readonly (readonly UsedSpan[])[];
  /** Everything that speaks against the request as a whole. */
  readonly reasons: readonly Reason[];
}

export interface JudgeOptions {
  /** Reservations that do not count: those being moved (D7). */
  readonly besides?: readonly string[];
  /** The caller's idempotency key: its stored answer comes with the facts. */
  readonly key?: { readonly actorId: string; readonly operation: string; readonly key: string } | null;
  /** Claims of the same request that each case meets, as the database would report them. */
  readonly mates?: (sets: readonly CaseSet[]) => readonly (readonly ConflictFact[])[];
  /** One that was opened for these wishes just now. */
  readonly docket?: Docket;
  /** Whether to look for what would pass; for a single window that is mostly so. */
  readonly suggests?: boolean;
}

const use = (fact: ConflictFact): UseFact => [
  Date.parse(fact.occupiedFrom),
  Date.parse(fact.occupiedTo),
  fact.quantity,
];

const spanWanted = (at: Case) => ({ resourceId: at.of.id, ...occupiedBy(at) });

/**
 * Judges the wishes, one set for each reservation, by rules and facts of one instant: what a dry run answers, and
 * what a refusal says. Two statements where quotas are in force, else one.
 * @returns null where a resource is unknown
 */
export async function judge(
  ctx: ViewerCtx,
  wishes: readonly (readonly Wish[])[],
  { besides = [], key = null, mates, suggests = true, docket: opened }: JudgeOptions = {},
): Promise<Judged | null> {
  for (let docket = opened ?? null; ; docket = null) {
    docket ??= await openDocket(ctx, wishes);
    if (!docket) return null;
    const fixed = ctx.clock.fixed();
    const spans = docket.sets.flat().map(spanWanted);
    const read = await readFacts(ctx.db, fixed, spans, besides, key, suggests);
    if (read.bookVersion !== docket.book.version) {
      await ruleBooksOf(ctx.db).renew(docket.book.version);
      continue;
    }
    const now = Date.parse(read.now);
    const sets = casesAt(docket, now);
    const met = mates?.(sets) ?? [];
    const resources = read.resources.map((fact, index) => ({
      ...fact,
      conflicts: [...fact.conflicts, ...(met[index] ?? [])],
    }));
    const factsOf = inSets(sets, resources);
    const counts = quotaCounts(sets.flat());
    const usage = counts.length > 0 ? await readUsage(ctx.db, fixed, counts, besides) : [];
    const usesOf = inSets(
      sets,
      resources.map((_, index) => (met[index] ?? []).map(use)),
    );
    const bySet = await Promise.all(
      sets.map(async (cases, index) => {
        const [known, uses] = [factsOf[index] ?? [], usesOf[index] ?? []];
        const reasons = decide(cases, known);
        return suggests ? suggest(ctx, reasons, cases, known, besides, uses) : reasons;
      }),
    );
    const reasons = [...bySet.flat(), ...judgeQuotas(counts, usage)];
    return { docket, now, sets, facts: { ...read, resources }, factsOf, bySet, counts, usage, reasons };
  }
}

/** What stands in the order of all cases, cut into the sets. */
function inSets<T>(sets: readonly CaseSet[], all: readonly T[]): T[][] {
  const rest = [...all];
  return sets.map((cases) => rest.splice(0, cases.length));
}
