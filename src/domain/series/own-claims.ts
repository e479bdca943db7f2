import type { ClaimInput } from '../../sql/reservations/claim-input.js';
import { type Reason, reason } from '../decisions/reason.js';

/** What the occurrences of one series take, in order of time: none may reach into the one before it, buffers included. */
export class OwnClaims {
  private readonly takenTo = new Map<string, number>();

  /** SERIES_SELF_OVERLAP where one of the claims meets an occurrence that was granted before. */
  against(claims: readonly ClaimInput[]): Reason[] {
    const met = claims.find(
      ({ resourceId, kind, from }) => kind !== 'SHADE' && from < (this.takenTo.get(resourceId) ?? from),
    );
    if (!met) return [];
    const sentence = 'The set-up and tear-down times of two occurrences overlap each other.';
    return [reason('SERIES_SELF_OVERLAP', sentence, { resourceId: met.resourceId })];
  }

  take(claims: readonly ClaimInput[]): void {
    for (const { resourceId, kind, to } of claims) {
      if (kind !== 'SHADE') this.takenTo.set(resourceId, Math.max(to, this.takenTo.get(resourceId) ?? to));
    }
  }
}
