import type { ConflictFact, ResourceFact } from '../../sql/read-facts.js';
import { type Window, withBuffers } from '../time/window.js';
import { conflictOf } from './judge-exclusive.js';
import { type Reason, reason } from './reason.js';

interface Use {
  readonly from: number;
  readonly to: number;
  readonly quantity: number;
}

/** How much is in use from each instant of change on, within the span and in order of time. */
function usage(span: Window, claims: readonly ConflictFact[]): Use[] {
  const start = span.startsAt.getTime();
  const end = span.endsAt.getTime();
  const steps = claims.flatMap((claim) => [
    { at: Math.max(Date.parse(claim.occupiedFrom), start), step: claim.quantity },
    { at: Math.min(Date.parse(claim.occupiedTo), end), step: -claim.quantity },
  ]);
  steps.sort((a, b) => a.at - b.at || a.step - b.step);
  const uses: Use[] = [];
  let quantity = 0;
  for (const [index, { at, step }] of steps.entries()) {
    quantity += step;
    const to = steps[index + 1]?.at ?? end;
    if (to > at) uses.push({ from: at, to, quantity });
  }
  return uses;
}

/** The most that is in use at any instant of the span (O4). */
export const peak = (span: Window, claims: readonly ConflictFact[]): number =>
  Math.max(0, ...usage(span, claims).map((use) => use.quantity));

/** The reasons against taking `quantity` from a pool: the peak counts, not the sum (O4). */
export function judgePool(
  resource: ResourceFact,
  wish: Window,
  quantity: number,
  claims: readonly ConflictFact[],
): Reason[] {
  const span = withBuffers(wish, resource.setupMinutes, resource.teardownMinutes);
  const over = usage(span, claims).filter((use) => use.quantity + quantity > resource.capacity);
  const first = over[0];
  const last = over.at(-1);
  if (!first || !last) return [];
  const free = Math.max(0, resource.capacity - peak(span, claims));
  const latestEnd = first.from - resource.teardownMinutes * 60_000;
  const inTheWay = claims.filter((claim) =>
    over.some((use) => Date.parse(claim.occupiedFrom) < use.to && use.from < Date.parse(claim.occupiedTo)),
  );
  return [
    reason('CAPACITY_EXCEEDED', `${resource.name} has ${free} of ${resource.capacity} left in this window.`, {
      resourceId: resource.id,
      span: { startsAt: new Date(first.from).toISOString(), endsAt: new Date(last.to).toISOString() },
      conflicts: inTheWay.slice(0, 50).map(conflictOf),
      freeQuantity: free,
      latestEnd: latestEnd > wish.startsAt.getTime() ? new Date(latestEnd).toISOString() : null,
    }),
  ];
}
