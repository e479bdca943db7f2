import type { ResourceFact, UseFact } from '../../sql/reservations/read-facts.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { Placement } from '../../sql/rules/read-placements.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { windowOf } from '../time/window.js';
import { conflictOf } from './judge-exclusive.js';
import { judgeOver } from './judge-window.js';
import { type Reason, reason, spanOf } from './reason.js';
import { peak } from './usage.js';

/** What a reservation would occupy again, in ms since 1970. */
export interface FormerClaim {
  readonly resourceId: string;
  readonly resourceName: string;
  readonly pooled: boolean;
  readonly quantity: number;
  readonly from: number;
  readonly to: number;
}

/** A reservation as it would be again, with all its claims but the shades, which stand in nobody's way. */
export interface Former {
  readonly row: Pick<ReservationRow, 'startsAt' | 'endsAt' | 'expiresAt' | 'claims'>;
  /** Whether the wish for which it was offered waits again. */
  readonly isOffer?: boolean;
  readonly claims: readonly FormerClaim[];
}

/** What decides about reservations that an act has cancelled or moved, once it is undone. */
export interface Restorable {
  readonly now: number;
  /** As it is once the act is undone. */
  readonly book: RuleBook;
  /** The closures that were made or changed after the act. */
  readonly newer: ReadonlySet<string>;
  readonly placements: ReadonlyMap<string, Placement>;
  /** One for each claim, in the order of the reservations and their claims. */
  readonly facts: readonly ResourceFact[];
}

/** What speaks against the one claim, besides what else comes back. The span is the one that was frozen (O3). */
function judgeClaim(claim: FormerClaim, fact: ResourceFact, others: readonly UseFact[]): Reason[] {
  const { resourceId, resourceName } = claim;
  const reasons = fact.inactive.map(({ name, status }) =>
    reason('RESOURCE_INACTIVE', `${name} is ${status.toLowerCase()} by now.`, { resourceId }),
  );
  const alive = fact.conflicts.filter(({ dead }) => !dead);
  const facts = { resourceId, conflicts: alive.map(conflictOf), span: spanOf(claim.from, claim.to) };
  if (claim.quantity > fact.capacity) {
    const message = `${resourceName} has no more than ${fact.capacity} by now.`;
    return [...reasons, reason('QUANTITY_ABOVE_CAPACITY', message, { resourceId })];
  }
  if (!claim.pooled) {
    const taken = reason('SLOT_TAKEN', `${resourceName} is reserved otherwise by now.`, facts);
    const meets = others.some(([from, to]) => from < claim.to && claim.from < to);
    return alive.length > 0 || meets ? [...reasons, taken] : reasons;
  }
  const uses = alive.map(
    (it): UseFact => [Date.parse(it.occupiedFrom), Date.parse(it.occupiedTo), it.quantity],
  );
  const free = fact.capacity - peak(claim, [...uses, ...others]);
  if (claim.quantity <= free) return reasons;
  const message = `${resourceName} has ${Math.max(0, free)} of ${fact.capacity} left by now.`;
  return [...reasons, reason('CAPACITY_EXCEEDED', message, { ...facts, freeQuantity: Math.max(0, free) })];
}

/** Closures that came after what is undone; those that stood before had let the reservation be. */
function judgeNewerClosures({ row }: Former, { book, newer, placements }: Restorable): Reason[] {
  const bounds = { from: Date.parse(row.startsAt), to: Date.parse(row.endsAt) };
  return row.claims.flatMap(({ resourceId }) => {
    const of = placements.get(resourceId);
    const met = of ? book.closedIn(of, bounds) : [];
    const closed = met.find(({ closure }) => newer.has(closure.id));
    if (!of || !closed) return [];
    const { closure, from, to } = closed;
    return reason('CLOSED', `${of.name} is closed: ${closure.title}.`, {
      resourceId,
      closure,
      span: spanOf(Math.max(from, bounds.from), Math.min(to, bounds.to)),
    });
  });
}

function judgeTime({ row, isOffer = false }: Former, now: number): Reason[] {
  const { expiresAt } = row;
  if (isOffer)
    return [reason('OFFER_EXPIRED', 'It was on offer: whoever it was for waits again.', { expiresAt })];
  if (expiresAt === null || Date.parse(expiresAt) > now) return judgeOver([{ window: windowOf(row), now }]);
  return [reason('HOLD_EXPIRED', 'The hold has run out meanwhile.', { expiresAt })];
}

/**
 * What speaks against bringing each of them back, empty where nothing does. They have been side by side before, so
 * they stand in each other's way only where a pool has been given to others, or a room been divided, meanwhile: then
 * the first ones come back.
 * No rule for making reservations is asked, quotas included: who had them has them back, as if nothing had happened.
 */
export function judgeRestoring(former: readonly Former[], decides: Restorable): Reason[][] {
  const back = new Map<string, UseFact[]>();
  let next = 0;
  return former.map((each) => {
    const facts = decides.facts.slice(next, next + each.claims.length);
    next += each.claims.length;
    const reasons = [
      ...judgeTime(each, decides.now),
      ...judgeNewerClosures(each, decides),
      ...each.claims.flatMap((claim, index) =>
        judgeClaim(claim, facts[index] as ResourceFact, back.get(claim.resourceId) ?? []),
      ),
    ];
    if (reasons.length === 0) {
      for (const { resourceId, from, to, quantity } of each.claims)
        back.set(resourceId, [...(back.get(resourceId) ?? []), [from, to, quantity]]);
    }
    return reasons;
  });
}
