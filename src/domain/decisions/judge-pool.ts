import type { ConflictFact, UseFact } from '../../sql/reservations/read-facts.js';
import { type Case, occupiedBy } from './case.js';
import { conflictOf } from './judge-exclusive.js';
import { type Reason, reason, spanOf } from './reason.js';
import { peak, usage } from './usage.js';

const MOST_NAMED = 50;

/** The reasons against taking the quantity from a pool: the peak counts, not the sum (O4). */
export function judgePool(at: Case, capacity: number, claims: readonly ConflictFact[]): Reason[] {
  const { of, window, quantity } = at;
  const span = occupiedBy(at);
  const uses = claims.map(
    (claim): UseFact => [Date.parse(claim.occupiedFrom), Date.parse(claim.occupiedTo), claim.quantity],
  );
  const over = usage(span, uses).filter((use) => use.quantity + quantity > capacity);
  const [first, last] = [over[0], over.at(-1)];
  if (!first || !last) return [];
  const free = Math.max(0, capacity - peak(span, uses));
  const latestEnd = first.from - at.buffers.teardownMinutes * 60_000;
  const inTheWay = claims.filter((claim) =>
    over.some((use) => Date.parse(claim.occupiedFrom) < use.to && use.from < Date.parse(claim.occupiedTo)),
  );
  return [
    reason('CAPACITY_EXCEEDED', `${of.name} has ${free} of ${capacity} left in this window.`, {
      resourceId: of.id,
      span: spanOf(first.from, last.to),
      conflicts: inTheWay.slice(0, MOST_NAMED).map(conflictOf),
      freeQuantity: free,
      latestEnd: latestEnd > window.startsAt.getTime() ? new Date(latestEnd).toISOString() : null,
    }),
  ];
}
