import { closuresNewerThan } from '../../sql/closures/closings.js';
import { type Facts, readFacts } from '../../sql/reservations/read-facts.js';
import type { ChangeTarget } from '../../sql/reservations/read-reservations.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { PutBack } from '../../sql/undo/put-back.js';
import type { ActEntry, FoundAct } from '../../sql/undo/read-act.js';
import type { ViewerCtx } from '../act.js';
import { termsOf } from '../decisions/check-in.js';
import { claimsOver, near } from '../decisions/claims.js';
import { judgeRestoring, type Restorable } from '../decisions/judge-restoring.js';
import { type Reason, reason } from '../decisions/reason.js';
import { deadInTheWay } from '../reservations/place.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { ruleBooksOf } from '../schedules/rule-books.js';

/** How an act is taken back, as it was judged. */
export interface PlannedUndo {
  readonly formers: readonly PutBack[];
  /** What speaks against it; empty where nothing does. */
  readonly reasons: readonly Reason[];
  /** The version of the rule book by which it was judged. */
  readonly judgedBy: number;
  /** Holds in the way that the clock has killed (O5). */
  readonly dead: readonly string[];
  /** Every resource whose availability changes, parts and wholes included. */
  readonly touched: readonly string[];
}

/** A reservation as it was before the act, and what is written to make it so. */
interface FormerReservation {
  readonly row: ReservationRow;
  readonly putBack: PutBack;
}

/**
 * Judges all that the act has changed as it would be without it: the places that it has given do not count (D7), nor
 * does what has kept its place. Spans are those that were frozen (O3); parts and wholes are those of today.
 * @param targets the reservations as they are, in the order of the entries
 */
export async function judgeUndo(
  ctx: ViewerCtx,
  act: FoundAct,
  targets: readonly ChangeTarget[],
): Promise<PlannedUndo> {
  const books = ruleBooksOf(ctx.db);
  for (;;) {
    const book = await books.current();
    const formers = act.entries.map((entry, index) =>
      formerOf(entry, (targets[index] as ChangeTarget).row, book),
    );
    const placing = formers.filter(({ putBack }) => putBack.claims.length > 0);
    const claims = placing.flatMap(({ putBack }) => putBack.claims);
    const besides = placing.map(({ row }) => row.id);
    const wishes = claims.filter(({ kind }) => kind !== 'SHADE');
    const facts = await readFacts(ctx.db, ctx.clock.fixed(), wishes, besides, null, false);
    const known = await books.placing(claims.map(({ resourceId }) => resourceId));
    if (facts.bookVersion !== book.version || known.book !== book) {
      await books.renew(book.version);
      continue;
    }
    const left = targets.flatMap(({ row }) => row.claims.flatMap(({ resourceId }) => near(book, resourceId)));
    return {
      formers: formers.map(({ putBack }) => putBack),
      reasons: await judgePlaces(ctx, act, placing, { ...known, facts }),
      judgedBy: book.version,
      dead: deadInTheWay(facts),
      touched: [...new Set([...left, ...claims.map(({ resourceId }) => resourceId)])],
    };
  }
}

/** What speaks against giving them these places. Closures that come later make the judgement void: the book moves on. */
async function judgePlaces(
  ctx: ViewerCtx,
  { entries }: FoundAct,
  placing: readonly FormerReservation[],
  { book, placements, facts }: Pick<Restorable, 'book' | 'placements'> & { readonly facts: Facts },
): Promise<Reason[]> {
  const seen = entries.flatMap(({ before }) => before.lastClosing ?? []);
  if (placing.length === 0) return [];
  const newer = await closuresNewerThan(ctx.db, Math.min(...seen));
  const formers = placing.map(({ row, putBack }) => ({
    row,
    claims: putBack.claims.flatMap((claim) => {
      const of = placements.get(claim.resourceId);
      return of && claim.kind !== 'SHADE' ? { ...claim, resourceName: of.name, pooled: of.pooled } : [];
    }),
  }));
  const isGone = placing.some(({ row }) => row.claims.some(({ resourceId }) => !placements.has(resourceId)));
  if (isGone) return [reason('RESOURCE_INACTIVE', 'A resource that it had is gone by now.')];
  const decides = { now: Date.parse(facts.now), book, newer, placements, facts: facts.resources };
  return judgeRestoring(formers, decides).flat();
}

/** What the act has noted of before, and the rest as it is; what it has made lets its place go. */
function formerOf({ before, isMade }: ActEntry, current: ReservationRow, book: RuleBook): FormerReservation {
  const row = { ...current, ...before };
  const { id, title, details, state, startsAt, endsAt, seriesId, occurrence, detached } = row;
  const { localStart, localEnd = null, timeZone = null } = before;
  const hasMoved = localStart !== undefined;
  const own = row.claims.map(({ resourceId, quantity, ...span }) => {
    return { resourceId, quantity, from: Date.parse(span.startsAt), to: Date.parse(span.endsAt) };
  });
  const putBack: PutBack = {
    checkIn: row.checkIn && termsOf(row.checkIn),
    ...{ id, title, details, state, startsAt, endsAt, seriesId, occurrence, detached },
    clock: hasMoved ? { localStart, localEnd, timeZone } : null,
    claims: !isMade && (hasMoved || state !== current.state) ? claimsOver(book, own) : [],
  };
  return { row, putBack };
}
