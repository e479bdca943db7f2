import { LOOK_AHEAD_DAYS, MOST_AHEAD } from '../../sql/reservations/read-facts.js';
import type { ViewerCtx } from '../act.js';
import { nextFit } from '../decisions/next-fit.js';
import type { Window } from '../time/window.js';
import type { Inquiry } from './inquiry.js';
import { openInquiry } from './open-inquiry.js';

export interface NextFreeWish {
  readonly minutes: number;
  /** Not before this instant, nor before now. */
  readonly from: Date;
  readonly quantity: number;
}

/** A window that is free, with how many are left at its fullest instant. */
export interface FreeWindow {
  readonly window: Window;
  readonly freeQuantity: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The first window in which the resource passes; `isCut` where more of its uses would have to be read to tell. */
function firstOf(inquiry: Inquiry, id: string, wish: NextFreeWish, mostUses: number, end: number) {
  const candidate = inquiry.candidate(id, wish.quantity);
  if (!candidate) return { found: null, isCut: false };
  const { uses, capacity } = candidate.of;
  const isCut = uses.length >= mostUses;
  const windowFrom = (start: number): Window => ({
    startsAt: new Date(start),
    endsAt: new Date(start + wish.minutes * MINUTE),
  });
  const from = Math.max(wish.from.getTime(), inquiry.now);
  const [at] = inquiry.casesOf([candidate], windowFrom(from));
  const until = isCut ? Math.min(uses.at(-1)?.[0] ?? end, end) : end;
  const start = at ? nextFit(at, capacity, uses, from, until, true) : null;
  if (start === null) return { found: null, isCut };
  const window = windowFrom(start);
  return { found: { window, freeQuantity: inquiry.freeQuantity(candidate, window) }, isCut: false };
}

/**
 * The next window of that length that the viewer could reserve on each resource, quotas aside; those without one
 * within 60 days are missing. One statement for all of them; one more where some are so full that their next 50
 * uses do not tell.
 */
export async function nextFree(
  ctx: ViewerCtx,
  resourceIds: readonly string[],
  wish: NextFreeWish,
): Promise<Map<string, FreeWindow>> {
  const from = Math.max(wish.from.getTime(), ctx.clock.now().getTime());
  const within = { from, to: from + LOOK_AHEAD_DAYS * DAY + wish.minutes * MINUTE };
  const free = new Map<string, FreeWindow>();
  let left = resourceIds;
  for (const mostUses of [MOST_AHEAD, Number.MAX_SAFE_INTEGER]) {
    if (left.length === 0) break;
    const uses = mostUses === MOST_AHEAD ? { mostUses } : {};
    const inquiry = await openInquiry(ctx, { resourceIds: left, within, countsQuotas: false, ...uses });
    if (!inquiry) break;
    const unsure: string[] = [];
    for (const id of left) {
      const { found, isCut } = firstOf(inquiry, id, wish, mostUses, within.to);
      if (found) free.set(id, found);
      else if (isCut) unsure.push(id);
    }
    left = unsure;
  }
  return free;
}
