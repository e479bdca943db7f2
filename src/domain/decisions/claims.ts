import type { ClaimInput, ClaimKind } from '../../sql/reservations/claim-input.js';
import { type Case, occupiedBy } from './case.js';

const RANK: Record<ClaimKind, number> = { OWN: 2, PART: 1, SHADE: 0 };

/**
 * The claims that one reservation places for its wishes: their own, those on all parts of a whole, and shades on
 * every whole of a part. One a resource, of the strongest kind and over all of their spans, in ascending order.
 */
export function claimsFor(cases: readonly Case[]): ClaimInput[] {
  const claims = new Map<string, ClaimInput>();
  const put = (claim: ClaimInput) => {
    const known = claims.get(claim.resourceId) ?? claim;
    const stronger = RANK[claim.kind] > RANK[known.kind] ? claim : known;
    const [from, to] = [Math.min(known.from, claim.from), Math.max(known.to, claim.to)];
    claims.set(claim.resourceId, { ...stronger, from, to });
  };
  for (const at of cases) {
    const { book, of, quantity } = at;
    const span = occupiedBy(at);
    put({ ...span, resourceId: of.id, kind: 'OWN', quantity });
    const parts = book.partsOf(of.id);
    for (const resourceId of parts) put({ ...span, resourceId, kind: 'PART', quantity: 1 });
    const wholes = [of.id, ...parts].flatMap((id) => book.wholesOf(id));
    for (const resourceId of wholes) put({ ...span, resourceId, kind: 'SHADE', quantity: 1 });
  }
  return [...claims.values()].sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
}
