import type { ResourceFact } from '../../sql/reservations/read-facts.js';
import { readSubstitutes } from '../../sql/series/read-substitutes.js';
import type { ViewerCtx } from '../act.js';
import type { Case, Wish } from '../decisions/case.js';
import { type Judged, judge } from '../decisions/judge.js';
import type { Reason, ReasonCode } from '../decisions/reason.js';

/** One that could stand in: it passes by itself. */
export interface Candidate {
  readonly wantedId: string;
  readonly at: Case;
  readonly facts: readonly ResourceFact[];
}

/** For each occurrence the candidates for what it cannot have, the best first; empty where none is looked for. */
export interface Candidates {
  readonly byOccurrence: readonly (readonly Candidate[])[];
  readonly judged: Judged | null;
}

/** Reasons that another resource could answer. */
const OF_RESOURCE: ReadonlySet<ReasonCode> = new Set([
  'SLOT_TAKEN',
  'SLOT_HELD',
  'BUFFER_CONFLICT',
  'CAPACITY_EXCEEDED',
  'OUTSIDE_OPENING_HOURS',
  'CLOSED',
  'RESOURCE_INACTIVE',
]);

/** Whether all that speaks against an occurrence is about resources that could be others. */
const canSubstitute = (reasons: readonly Reason[]): boolean =>
  reasons.length > 0 && reasons.every(({ code, resourceId }) => resourceId !== null && OF_RESOURCE.has(code));

const clashing = (wishes: readonly Wish[], reasons: readonly Reason[]): Wish[] =>
  canSubstitute(reasons)
    ? wishes.filter((wish) => reasons.some((reason) => reason.resourceId === wish.resourceId))
    : [];

/** Looks for what can stand in: one statement for the candidates, and all of them judged at once by the same engine. */
export async function findCandidates(
  ctx: ViewerCtx,
  wanted: readonly (readonly Wish[])[],
  { bySet, docket: { book } }: Judged,
  sameAttributes: boolean,
  besides: readonly string[],
): Promise<Candidates> {
  const clashes = wanted.map((wishes, index) => clashing(wishes, bySet[index] ?? []));
  const none = { byOccurrence: wanted.map(() => []), judged: null };
  const asked = new Map(clashes.flat().map((wish) => [wish.resourceId, wish]));
  if (asked.size === 0) return none;
  const used = wanted.flat().map(({ resourceId }) => resourceId);
  const tied = new Set(used.flatMap((id) => [id, ...book.partsOf(id), ...book.wholesOf(id)]));
  const rows = (await readSubstitutes(ctx.db, [...asked.values()], sameAttributes)).filter(
    ({ id }) => !tied.has(id),
  );
  const byWanted = Map.groupBy(rows, ({ wantedId }) => wantedId);
  const options = clashes.flatMap((wishes, occurrence) =>
    wishes.flatMap((wish) =>
      (byWanted.get(wish.resourceId) ?? []).map(({ id, wantedId }) => {
        // It stands nowhere there yet: nothing of where it is now counts.
        const { had: _, ...fresh } = wish;
        return { occurrence, wantedId, wish: { ...fresh, resourceId: id, keepsStart: false } };
      }),
    ),
  );
  const judged = await judge(
    ctx,
    options.map(({ wish }) => [wish]),
    { besides, suggests: false },
  );
  if (!judged) return none;
  const byOccurrence = wanted.map((): Candidate[] => []);
  for (const [index, { occurrence, wantedId }] of options.entries()) {
    const at = judged.sets[index]?.[0];
    const facts = judged.factsOf[index] ?? [];
    if (at && judged.bySet[index]?.length === 0) byOccurrence[occurrence]?.push({ wantedId, at, facts });
  }
  return { byOccurrence, judged };
}
