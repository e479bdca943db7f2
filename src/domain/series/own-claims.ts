import type { ClaimInput } from '../../sql/reservations/claim-input.js';
import type { ResourceFact, UseFact } from '../../sql/reservations/read-facts.js';
import { type Reason, reason } from '../decisions/reason.js';
import { peak } from '../decisions/usage.js';

const useOf = ({ from, to, quantity }: ClaimInput): UseFact => [from, to, quantity];

/**
 * What the occurrences of one series take, in order of time. None may reach into the one before it, buffers included;
 * of a pool only as far as it has enough for both beside what is there (O4).
 */
export class OwnClaims {
  private readonly takenTo = new Map<string, number>();
  private readonly ofPools = new Map<string, UseFact[]>();

  /** @param pools ids of the pools among all resources */
  constructor(private readonly pools: ReadonlySet<string>) {}

  /** SERIES_SELF_OVERLAP where one of the claims meets an occurrence that was granted before. */
  against(claims: readonly ClaimInput[], facts: readonly ResourceFact[]): Reason[] {
    const met = claims.find((claim) =>
      this.pools.has(claim.resourceId) ? this.exceeds(claim, facts) : this.reachesInto(claim),
    );
    if (!met) return [];
    const sentence = 'The set-up and tear-down times of two occurrences overlap each other.';
    return [reason('SERIES_SELF_OVERLAP', sentence, { resourceId: met.resourceId })];
  }

  private reachesInto({ resourceId, kind, from }: ClaimInput): boolean {
    return kind !== 'SHADE' && from < (this.takenTo.get(resourceId) ?? from);
  }

  private exceeds(claim: ClaimInput, facts: readonly ResourceFact[]): boolean {
    const own = this.ofPools.get(claim.resourceId) ?? [];
    const fact = facts.find(({ id }) => id === claim.resourceId);
    if (!fact || own.length === 0) return false;
    const there = fact.conflicts
      .filter(({ dead }) => !dead)
      .map((it): UseFact => [Date.parse(it.occupiedFrom), Date.parse(it.occupiedTo), it.quantity]);
    return peak(claim, [...there, ...own]) + claim.quantity > fact.capacity;
  }

  take(claims: readonly ClaimInput[]): void {
    for (const claim of claims) {
      const { resourceId, kind, from, to } = claim;
      if (this.pools.has(resourceId)) {
        // they come in order of time, so what ended before this one begins meets none behind it
        const near = (this.ofPools.get(resourceId) ?? []).filter(([, end]) => end > from);
        this.ofPools.set(resourceId, [...near, useOf(claim)]);
      } else if (kind !== 'SHADE') {
        this.takenTo.set(resourceId, Math.max(to, this.takenTo.get(resourceId) ?? to));
      }
    }
  }
}
