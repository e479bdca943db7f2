import { readPeople } from '../../sql/people/read-people.js';
import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import { readUpcoming, type UpcomingClaim } from '../../sql/rules/read-upcoming.js';
import type { Ctx } from '../act.js';
import { type BookChange, bookWith } from '../schedules/book-with.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import { type Case, openCase } from './case.js';
import { judgeRules } from './decide.js';
import { judgeQuotaInOrder } from './judge-quota-in-order.js';
import type { Reason } from './reason.js';

/** How many claims are looked at, the nearest first: judging one by two books takes some 20 µs. */
const MOST_JUDGED = 10_000;
/** How many are judged before others get their turn. */
const SLICE = 500;

/** A reservation that passes today and would be refused after the change, with what would speak against it. */
export interface Broken {
  readonly reservationId: string;
  readonly reasons: readonly Reason[];
}

export interface ChangePreview {
  /** The first of them, by start. */
  readonly broken: readonly Broken[];
  /** How many of those looked at would break. */
  readonly totalCount: number;
  /** How many reservations were looked at. */
  readonly judgedCount: number;
  /** Whether there are more reservations than were looked at, all of them later. */
  readonly isCut: boolean;
}

/** One claim under the book of today and under that of tomorrow. */
interface Pair {
  readonly claim: UpcomingClaim;
  readonly old: Case;
  readonly changed: Case;
}

/** A quota that the change touches, by its name; null where it touches none. */
function quotaTouched(book: RuleBook, { rule, removeRuleId }: BookChange): string | null {
  const removed = book.row.rules.find(({ id }) => id === removeRuleId);
  return [rule, removed].find((each) => each?.kind === 'QUOTA')?.name ?? null;
}

/** The claims of the scope with the book that counts for them, all of one instant. */
async function readPairs(
  ctx: Ctx,
  scope: RuleScope,
  change: BookChange,
): Promise<{ pairs: Pair[]; book: RuleBook; isCut: boolean }> {
  for (;;) {
    const read = await readUpcoming(ctx.db, ctx.clock.fixed(), scope, MOST_JUDGED + 1);
    const books = ruleBooksOf(ctx.db);
    await books.atLeast(read.bookVersion);
    const ids = new Set(read.claims.map(({ resourceId }) => resourceId));
    const { book, placements } = await books.placing([...ids]);
    if (book.version !== read.bookVersion) continue;
    const owners = await readPeople(ctx.db, [...new Set(read.claims.map(({ ownerId }) => ownerId))]);
    const after = bookWith(book, change);
    const now = Date.parse(read.now);
    const pairs = read.claims.slice(0, MOST_JUDGED).flatMap((claim): Pair | [] => {
      const [of, owner] = [placements.get(claim.resourceId), owners.get(claim.ownerId)];
      if (!of || !owner) return [];
      const window = { startsAt: new Date(claim.from), endsAt: new Date(claim.to) };
      const { resourceId, quantity, ownerId } = claim;
      const wish = { resourceId, quantity, ownerId, window, keepsStart: false };
      const parties = { actorRole: owner.role, owners };
      // What shares parts with it makes only its buffers wider, which are frozen.
      const open = (under: RuleBook) => openCase(wish, under, of, [], now, parties);
      return { claim, old: open(book), changed: open(after) };
    });
    return { pairs, book, isCut: read.claims.length > MOST_JUDGED };
  }
}

/** Notice and horizon ask when something is made, so they say nothing against what is made already. */
const lasting = (at: Case): Reason[] => judgeRules(at).filter(({ rule }) => rule?.kind !== 'NOTICE');

const same = ({ code, rule, closure }: Reason): string => `${code} ${closure?.id ?? rule?.name ?? ''}`;

/** What the change would say that was not said before. */
function added(old: readonly Reason[], changed: readonly Reason[]): Reason[] {
  if (changed.length === 0) return [];
  const known = new Set(old.map(same));
  return changed.filter((reason) => !known.has(same(reason)));
}

/** The quota under both books; empty where the change touches none. */
async function judgeBoth(ctx: Ctx, quota: string | null, pairs: readonly Pair[]) {
  if (quota === null) return { old: new Map<string, Reason[]>(), changed: new Map<string, Reason[]>() };
  const side = (key: 'old' | 'changed') =>
    judgeQuotaInOrder(
      ctx,
      quota,
      pairs.map((pair) => ({ reservationId: pair.claim.reservationId, at: pair[key] })),
    );
  return { old: await side('old'), changed: await side('changed') };
}

/**
 * Which reservations on the resources of the scope would be refused after a change of the book and are not today:
 * those that are not over, each judged as if its owner made it now. Buffers were frozen and break nothing (O3).
 * Quotas are counted in the order of the starts, so that the last ones of a period break. Writes nothing.
 * @param first how many to name
 */
export async function previewChange(
  ctx: Ctx,
  scope: RuleScope,
  change: BookChange,
  first: number,
): Promise<ChangePreview> {
  const { pairs, book, isCut } = await readPairs(ctx, scope, change);
  const quotas = await judgeBoth(ctx, quotaTouched(book, change), pairs);
  const broken = new Map<string, Reason[]>();
  for (const [index, { claim, old, changed }] of pairs.entries()) {
    if (index % SLICE === SLICE - 1) await new Promise(setImmediate);
    const key = `${claim.reservationId} ${claim.resourceId}`;
    const reasons = added(
      [...lasting(old), ...(quotas.old.get(key) ?? [])],
      [...lasting(changed), ...(quotas.changed.get(key) ?? [])],
    );
    if (reasons.length > 0) {
      broken.set(claim.reservationId, [...(broken.get(claim.reservationId) ?? []), ...reasons]);
    }
  }
  const all = [...broken].map(([reservationId, reasons]) => ({ reservationId, reasons }));
  const judgedCount = new Set(pairs.map(({ claim }) => claim.reservationId)).size;
  return { broken: all.slice(0, first), totalCount: all.length, judgedCount, isCut };
}
