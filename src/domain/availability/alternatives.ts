import { equivalentResources } from '../../sql/availability/equivalent-resources.js';
import type { ViewerCtx } from '../act.js';
import type { RefusedWish } from '../decisions/reason.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { checkOnBehalf } from '../reservations/check-owner.js';
import { checkText } from '../text.js';
import { breathing } from '../time/breathing.js';
import { lengthMs, type Window, windowOf } from '../time/window.js';
import { alternativeToken } from './alternative-token.js';
import type { Inquiry } from './inquiry.js';
import { NearestStarts } from './nearest-start.js';
import { openInquiry } from './open-inquiry.js';
import { type Variant, variantsOf } from './variants.js';

export interface AlternativesWish {
  readonly first: number;
  /** Keys of attributes in which an equivalent resource must agree with the one that was asked for. */
  readonly attributes: readonly string[];
}

/** Something else that passes instead of the wish (D4). */
export interface Alternative {
  readonly window: Window;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  /** Between its start and the one that was wished. */
  readonly distanceMinutes: number;
  /** How many more seats it has than what was wished. */
  readonly spareSeats: number;
  /** Holds it; null where a reservation was to be moved. */
  readonly token: string | null;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** How far before and behind the wish other times are looked for. */
const REACH = 14 * DAY;
/** For a longer window nothing else is offered: it would take a look at months of many resources. */
const LONGEST = 31 * DAY;
/** Equivalent resources that are looked at, over all resources of the wish. */
const MOST_EQUALS = 100;
const MOST_ANSWERS = 20;
const MOST_ATTRIBUTES = 20;

function check({ first, attributes }: AlternativesWish): InvalidInput | null {
  if (first < 1 || first > MOST_ANSWERS) {
    return invalidInput(['first'], `Ask for 1 to ${MOST_ANSWERS} alternatives.`);
  }
  if (attributes.length > MOST_ATTRIBUTES) {
    return invalidInput(['attributes'], `Name at most ${MOST_ATTRIBUTES} attributes.`);
  }
  const wrong = attributes.map((key) => checkText(key, ['attributes'], 1, 200));
  return wrong.find((invalid) => invalid !== null) ?? null;
}

/** Everything about the wish and its equals, in up to four statements. */
async function inquire(ctx: ViewerCtx, wish: RefusedWish, attributes: readonly string[]) {
  const { ownerId, resources, moving } = wish;
  const window = windowOf(wish.window);
  const [start, now] = [window.startsAt.getTime(), ctx.clock.now().getTime()];
  const starts = { from: Math.max(now, start - REACH), to: Math.max(now, start) + REACH };
  const most = Math.ceil(MOST_EQUALS / resources.length);
  const equals = await equivalentResources(ctx.db, resources, attributes, most);
  const inquiry = await openInquiry(ctx, {
    resourceIds: [...new Set([...resources.map(({ resourceId }) => resourceId), ...equals.flat()])],
    within: { from: Math.min(starts.from, start), to: starts.to + lengthMs(window) },
    ownerId,
    countsQuotas: true,
    besides: moving ? [moving.id] : [],
    kept: moving && { startsAt: Date.parse(moving.startsAt), resourceIds: moving.resourceIds },
  });
  return inquiry && { inquiry, equals, starts };
}

/** The alternative that the variant makes at that start. */
function offered(wish: RefusedWish, window: Window, { candidates, spareSeats }: Variant): Alternative {
  const resources = candidates.map(({ of, quantity }) => ({ resourceId: of.id, quantity }));
  const distance = Math.abs(window.startsAt.getTime() - Date.parse(wish.window.startsAt));
  return {
    window,
    resources,
    distanceMinutes: Math.floor(distance / MINUTE),
    spareSeats,
    token: wish.moving ? null : alternativeToken({ ownerId: wish.ownerId, window, resources }),
  };
}

async function search(wish: RefusedWish, inquiry: Inquiry, variants: readonly Variant[], starts: Starts) {
  const { startsAt } = windowOf(wish.window);
  const length = lengthMs(windowOf(wish.window));
  const nearest = new NearestStarts(inquiry, { start: startsAt.getTime(), length, starts });
  const breath = breathing();
  const found: Alternative[] = [];
  for (const variant of variants) {
    await breath();
    const start = nearest.of(variant.candidates);
    if (start === null) continue;
    found.push(offered(wish, { startsAt: new Date(start), endsAt: new Date(start + length) }, variant));
  }
  return found;
}

type Starts = { readonly from: number; readonly to: number };

/**
 * What passes instead of the wish (D4): other times on its resources, and equivalent resources, each once; nearest in
 * time first, then with the fewest spare seats. Each passes the engine for this viewer as of now. Looks 14 days back
 * and ahead, and at up to 100 equivalents; in at most four statements.
 */
export async function findAlternatives(
  ctx: ViewerCtx,
  wish: RefusedWish | null,
  { first, attributes }: AlternativesWish,
): Promise<Alternative[] | InvalidInput> {
  const invalid = check({ first, attributes });
  if (invalid) return invalid;
  if (!wish) return [];
  const resourceIds = wish.resources.map(({ resourceId }) => resourceId);
  if (await checkOnBehalf(ctx, wish.moving ? null : wish.ownerId, resourceIds)) return [];
  const window = windowOf(wish.window);
  if (lengthMs(window) > LONGEST) return [];
  const known = await inquire(ctx, wish, attributes);
  if (!known) return [];
  const { inquiry, equals, starts } = known;
  const variants = variantsOf(inquiry, wish.resources, window, equals);
  const found = await search(wish, inquiry, variants, starts);
  return found
    .sort((a, b) => a.distanceMinutes - b.distanceMinutes || a.spareSeats - b.spareSeats)
    .slice(0, first);
}
