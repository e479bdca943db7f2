import type { Facts, ResourceFact } from '../../sql/read-facts.js';
import type { Viewer } from '../act.js';
import type { Window } from '../time/window.js';
import { judgeExclusive } from './judge-exclusive.js';
import { judgePool } from './judge-pool.js';
import { type Reason, reason } from './reason.js';

/** What somebody wants of one resource. */
export interface Wish {
  readonly resourceId: string;
  readonly window: Window;
  readonly quantity: number;
}

/** Instants outside these cannot be meant, and some of them no calendar or database can hold. */
const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9000, 0, 1);

/** T1: whether the two instants make a window at all. */
export function judgeWindow(window: Window): Reason | null {
  const { startsAt, endsAt } = window;
  if (startsAt >= endsAt) return reason('INVALID_WINDOW', 'A window must start before it ends.');
  if (startsAt.getTime() < EARLIEST || endsAt.getTime() > LATEST) {
    return reason('INVALID_WINDOW', 'A window must lie between the years 1970 and 9000.');
  }
  return null;
}

/** Guests look and take part; they do not reserve. */
export const judgePerson = (viewer: Viewer): Reason[] =>
  viewer.role === 'GUEST'
    ? [reason('NOT_PERMITTED', 'Guests cannot reserve; ask a member to do it for you.')]
    : [];

/** A window that is over can no longer be used by anybody; one that has begun still can. */
function judgeNotice(window: Window, now: string): Reason[] {
  if (window.endsAt.getTime() > Date.parse(now)) return [];
  return [reason('TOO_SOON', 'This window is over.', { earliestStart: new Date(now).toISOString() })];
}

function judgeResource(resource: ResourceFact, wish: Wish): Reason[] {
  const reasons: Reason[] = [];
  if (resource.status !== 'ACTIVE') {
    const because = resource.statusReason ? `: ${resource.statusReason}` : '';
    reasons.push(
      reason('RESOURCE_INACTIVE', `${resource.name} is ${resource.status.toLowerCase()}${because}.`, {
        resourceId: resource.id,
      }),
    );
  }
  const alive = resource.conflicts.filter((conflict) => !conflict.dead);
  if (wish.quantity > resource.capacity) {
    reasons.push(
      reason('QUANTITY_ABOVE_CAPACITY', `${resource.name} has no more than ${resource.capacity} in all.`, {
        resourceId: resource.id,
        freeQuantity: resource.capacity,
      }),
    );
  }
  return reasons.concat(
    resource.pooled
      ? judgePool(resource, wish.window, wish.quantity, alive)
      : judgeExclusive(resource, wish.window, alive),
  );
}

/**
 * The one engine (D1): every reason against these wishes at the instant `facts.now`, empty where they pass.
 * A dead hold never counts (O5). Wishes and facts name the same resources; two wishes for one resource
 * (a batch of moves) must not contradict each other, which judgeBatch looks at.
 */
export function decide(facts: Facts, wishes: readonly Wish[], viewer: Viewer): Reason[] {
  const broken = wishes.map((wish) => judgeWindow(wish.window)).find((found) => found !== null);
  if (broken) return [broken];
  const windows = new Map(
    wishes.map((wish) => [`${+wish.window.startsAt} ${+wish.window.endsAt}`, wish.window]),
  );
  return [
    ...judgePerson(viewer),
    ...[...windows.values()].flatMap((window) => judgeNotice(window, facts.now)),
    ...wishes.flatMap((wish, index) => {
      const resource = facts.resources[index];
      return resource ? judgeResource(resource, wish) : [];
    }),
  ];
}
