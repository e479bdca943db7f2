import type { ClaimInput } from '../../sql/reservations/claim-input.js';
import type { ResourceFact } from '../../sql/reservations/read-facts.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import type { Wish } from '../decisions/case.js';
import { claimsFor } from '../decisions/claims.js';
import { type CaseSet, judgeByRules } from '../decisions/decide.js';
import type { Docket } from '../decisions/docket.js';
import { type Judged, judge } from '../decisions/judge.js';
import { type QuotaCount, quotaCounts } from '../decisions/quota.js';
import type { Reason } from '../decisions/reason.js';
import { deadInTheWay } from '../reservations/place.js';
import { quotasLeft } from '../reservations/quotas-left.js';
import type { ConflictMode } from './conflict-mode.js';
import { OwnClaims } from './own-claims.js';
import { judgeInOrder, QuotaLedger } from './quota-ledger.js';
import type { Substitute } from './report.js';
import { type Candidate, findCandidates } from './substitutes.js';

/** What is decided about one occurrence. */
export interface Verdict {
  /** What it takes; null where it is left out. */
  readonly claims: readonly ClaimInput[] | null;
  readonly cases: CaseSet;
  /** What speaks against it as it was wanted. */
  readonly reasons: readonly Reason[];
  readonly substitutes: readonly Substitute[];
  readonly facts: readonly ResourceFact[];
}

export interface Settled {
  readonly docket: Docket;
  readonly now: number;
  /** In the order of the occurrences. */
  readonly verdicts: readonly Verdict[];
  /** Those which are not left out. */
  readonly granted: readonly CaseSet[];
  /** The quotas that they touch together. */
  readonly counts: readonly QuotaCount[];
  /** Holds in the way that the clock has killed. */
  readonly dead: readonly string[];
  /** The version of the rule book by which all of it was judged. */
  readonly judgedBy: number;
}

/** Grants one occurrence after the other. */
class Clerk {
  private readonly claims: OwnClaims;
  private readonly ledger: QuotaLedger;

  /** @param judged the occurrences as they were wanted, and what could stand in */
  constructor(
    private readonly judged: Judged,
    all: readonly Judged[],
  ) {
    const cases = all.flatMap(({ sets }) => sets.flat());
    this.claims = new OwnClaims(new Set(cases.filter(({ of }) => of.pooled).map(({ of }) => of.id)));
    this.ledger = new QuotaLedger(...all);
  }

  /** What speaks against it next to those that were granted before. */
  private against(
    cases: CaseSet,
    facts: readonly ResourceFact[],
  ): { claims: ClaimInput[]; reasons: Reason[] } {
    const claims = claimsFor(cases);
    return { claims, reasons: [...this.claims.against(claims, facts), ...this.ledger.against(cases)] };
  }

  private grant(cases: CaseSet, claims: readonly ClaimInput[]): void {
    this.claims.take(claims);
    this.ledger.grant(cases);
  }

  decide(index: number, candidates: readonly Candidate[]): Verdict {
    const { sets, bySet, factsOf } = this.judged;
    const [cases = [], facts = [], known = []] = [sets[index], factsOf[index], bySet[index]];
    const verdict = { cases, facts, substitutes: [] };
    if (known.length > 0) {
      const instead = this.substitute(cases, facts, known, candidates);
      return instead ?? { ...verdict, claims: null, reasons: known };
    }
    const { claims, reasons } = this.against(cases, facts);
    if (reasons.length > 0) return { ...verdict, claims: null, reasons };
    this.grant(cases, claims);
    return { ...verdict, claims, reasons };
  }

  /** The occurrence with the first candidate that fits for each resource that it cannot have; null where one has none. */
  private substitute(
    cases: CaseSet,
    known: readonly ResourceFact[],
    reasons: readonly Reason[],
    candidates: readonly Candidate[],
  ): Verdict | null {
    const chosen: Candidate[] = [];
    const wanted = cases.filter(({ of }) => reasons.some(({ resourceId }) => resourceId === of.id));
    for (const { of } of wanted) {
      const fits = ({ wantedId, at, facts }: Candidate) =>
        wantedId === of.id &&
        !chosen.some((other) => other.at.of.id === at.of.id) &&
        this.claims.against(claimsFor([at]), facts).length === 0;
      const found = candidates.find(fits);
      if (!found) return null;
      chosen.push(found);
    }
    const instead = cases.map((at) => chosen.find(({ wantedId }) => wantedId === at.of.id)?.at ?? at);
    const facts = [...known, ...chosen.flatMap((each) => each.facts)];
    const { claims, reasons: left } = this.against(instead, facts);
    if (left.length > 0 || judgeByRules(instead).length > 0) return null;
    this.grant(instead, claims);
    return {
      claims,
      cases: instead,
      reasons,
      substitutes: chosen.map(({ wantedId, at }) => ({ wantedId, resourceId: at.of.id })),
      facts,
    };
  }
}

/**
 * Judges all occurrences at once by rules and facts of one instant, then grants them in order of time: quotas, and
 * what the series itself takes, count from one to the next.
 * @param wanted one set of wishes for each occurrence, by start
 * @param besides reservations that do not count: those that move
 * @returns null where a resource is unknown
 */
export async function settle(
  ctx: ViewerCtx,
  wanted: readonly (readonly Wish[])[],
  mode: ConflictMode,
  besides: readonly string[] = [],
): Promise<Settled | null> {
  const judged = await judge(ctx, wanted, { besides, suggests: false });
  if (!judged) return null;
  const found =
    mode.kind === 'SUBSTITUTE'
      ? await findCandidates(ctx, wanted, judged, mode.sameAttributes, besides)
      : { byOccurrence: [], judged: null };
  const all = found.judged ? [judged, found.judged] : [judged];
  const clerk = new Clerk(judged, all);
  const verdicts = wanted.map((_, index) => clerk.decide(index, found.byOccurrence[index] ?? []));
  const granted = verdicts.filter(({ claims }) => claims !== null);
  return {
    docket: judged.docket,
    now: judged.now,
    verdicts,
    granted: granted.map(({ cases }) => cases),
    counts: quotaCounts(granted.flatMap(({ cases }) => cases)),
    dead: deadInTheWay({ resources: granted.flatMap(({ facts }) => facts) }),
    judgedBy: Math.min(...all.map(({ docket }) => docket.book.version)),
  };
}

/** Locks the quotas that the granted ones touch, and says whether each still has room, as they were granted. */
export const roomLeft = (
  tx: Queryable,
  now: string | null,
  { granted, counts }: Settled,
  besides: readonly string[] = [],
): Promise<boolean> => quotasLeft(tx, now, counts, besides, (...used) => judgeInOrder(granted, ...used));
