import type { ClaimInput } from '../../sql/reservations/claim-input.js';
import type { ClaimRow } from '../../sql/reservations/reservation-json.js';

/** The claims as the reservation's row shows them: what was asked for, without parts and shades. */
export const shownClaims = (claims: readonly ClaimInput[]): ClaimRow[] =>
  claims
    .filter(({ kind }) => kind === 'OWN')
    .map(({ resourceId, quantity, from, to }) => ({
      resourceId,
      quantity,
      startsAt: new Date(from).toISOString(),
      endsAt: new Date(to).toISOString(),
    }));
