import { MOST_AHEAD, type ResourceFact, readAhead, type UseFact } from '../../sql/reservations/read-facts.js';
import type { Ctx } from '../act.js';
import { type Case, occupiedBy } from './case.js';
import { nextFit, OF_TIME } from './next-fit.js';
import type { Reason } from './reason.js';

/** The first start that passes; the spans that came with the facts are mostly enough, and else all are read. */
async function earliestStart(
  ctx: Ctx,
  at: Case,
  { capacity, ahead }: ResourceFact,
  besides: readonly string[],
  mates: readonly UseFact[],
): Promise<number | null> {
  const isCut = ahead.length === MOST_AHEAD;
  const until = isCut ? ahead.at(-1)?.[0] : undefined;
  const found = nextFit(at, capacity, [...ahead, ...mates], undefined, until);
  if (found !== null || !isCut) return found;
  const all = await readAhead(ctx.db, ctx.clock.fixed(), at.of.id, occupiedBy(at).from, besides);
  return nextFit(at, capacity, [...all, ...mates]);
}

/**
 * Completes the reasons that another time could answer by the earliest start that passes on their resource.
 * @param mates for each case what the other moves of a batch will use of its resource
 */
export async function suggest(
  ctx: Ctx,
  reasons: readonly Reason[],
  cases: readonly Case[],
  facts: readonly ResourceFact[],
  besides: readonly string[] = [],
  mates: readonly (readonly UseFact[])[] = [],
): Promise<Reason[]> {
  const found = new Map<string, Promise<number | null>>();
  return Promise.all(
    reasons.map(async (reason) => {
      const index = cases.findIndex(({ of }) => of.id === reason.resourceId);
      const [at, fact] = [cases[index], facts[index]];
      if (!at || !fact || !OF_TIME.has(reason.code)) return reason;
      const start = found.get(at.of.id) ?? earliestStart(ctx, at, fact, besides, mates[index] ?? []);
      found.set(at.of.id, start);
      const ms = await start;
      return { ...reason, earliestStart: ms === null ? null : new Date(ms).toISOString() };
    }),
  );
}
