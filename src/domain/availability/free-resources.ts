import { type FreeRow, type FreeWish, readFreeResources } from '../../sql/availability/free-resources.js';
import type { ResourceKey } from '../../sql/resources/resource-row.js';
import type { ViewerCtx } from '../act.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { ruleBooksOf } from '../schedules/rule-books.js';
import type { Inquiry } from './inquiry.js';
import { inquiryWithoutUses, openInquiry } from './open-inquiry.js';

/** What the rules look at of a resource. */
const JUDGED: readonly ResourceKey[] = [
  'id',
  'name',
  'typeId',
  'placeId',
  'timeZone',
  'pooled',
  'capacity',
  'seats',
  'setupMinutes',
  'teardownMinutes',
  'addOnOnly',
];
/** How many are read at once where the rules have left a page with room. */
const STEP = 200;
const MOST_AT_ONCE = 500;

/** The rows as the rules see them; their uses are read again only where rules widen the buffers. */
async function inquire(
  ctx: ViewerCtx,
  { window }: FreeWish,
  book: RuleBook,
  rows: readonly FreeRow[],
): Promise<Inquiry | null> {
  const within = { from: window.startsAt.getTime(), to: window.endsAt.getTime() };
  const { setupMinutes, teardownMinutes } = book.widestBuffers;
  const resources = rows.map(({ resource }) => resource);
  if (setupMinutes + teardownMinutes === 0) return inquiryWithoutUses(ctx, book, resources, within);
  const resourceIds = resources.map(({ id }) => id);
  return openInquiry(ctx, { resourceIds, within, countsQuotas: false });
}

async function passing(
  ctx: ViewerCtx,
  wish: FreeWish,
  book: RuleBook,
  rows: readonly FreeRow[],
): Promise<FreeRow[]> {
  const inquiry = rows.length > 0 ? await inquire(ctx, wish, book, rows) : null;
  return rows.flatMap((row) => {
    const candidate = inquiry?.candidate(row.resource.id, wish.quantity);
    if (!inquiry || !candidate || !inquiry.passesAlone(candidate, wish.window)) return [];
    const left = inquiry.freeQuantity(candidate, wish.window);
    return { ...row, freeQuantity: Math.min(row.freeQuantity, left) };
  });
}

/** Reads on, in steps of at most 500 resources, until the page is full or nothing is left; null: the rules have moved on. */
async function pageUnder(ctx: ViewerCtx, wish: FreeWish, book: RuleBook): Promise<FreeRow[] | null> {
  // Where no rule says who may reserve, nobody but guests is refused: there is nothing to judge.
  const judges = !book.isBlank || ctx.viewer.role === 'GUEST';
  const resource = judges ? [...new Set([...wish.resource, ...JUDGED])] : wish.resource;
  const found: FreeRow[] = [];
  let { limit, after } = wish;
  for (;;) {
    const page = await readFreeResources(ctx.db, ctx.clock.fixed(), { ...wish, resource, limit, after });
    if (page.bookVersion !== book.version) return null;
    found.push(...(judges ? await passing(ctx, wish, book, page.rows) : page.rows));
    const last = page.rows.at(-1)?.resource;
    if (found.length >= wish.limit || page.rows.length < limit || !last) return found.slice(0, wish.limit);
    after = { name: last.name, id: last.id };
    limit = Math.min(Math.max(2 * limit, STEP), MOST_AT_ONCE);
  }
}

/**
 * Resources that the viewer could reserve for the whole window, by name: free with the buffers that count, open, not
 * closed, and within every rule but quotas. One statement where there are no rules.
 */
export async function freeResources(ctx: ViewerCtx, wish: FreeWish): Promise<FreeRow[]> {
  // A window that is over can no longer be used by anybody.
  if (wish.window.endsAt.getTime() <= ctx.clock.now().getTime()) return [];
  for (;;) {
    const book = await ruleBooksOf(ctx.db).current();
    const found = await pageUnder(ctx, wish, book);
    if (found) return found;
    await ruleBooksOf(ctx.db).renew(book.version);
  }
}
