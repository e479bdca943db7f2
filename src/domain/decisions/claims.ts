import type { ClaimInput, ClaimKind } from '../../sql/reservations/claim-input.js';
import type { RuleBook } from '../schedules/rule-book.js';
import { type Case, occupiedBy } from './case.js';

const RANK: Record<ClaimKind, number> = { OWN: 2, PART: 1, SHADE: 0 };

/** The resource itself, its parts and the wholes around them: all whose availability a claim on it changes. */
export const near = (book: RuleBook, id: string): string[] => {
  const parts = book.partsOf(id);
  return [id, ...parts, ...[id, ...parts].flatMap((each) => book.wholesOf(each))];
};

/**
 * The claims that one reservation places for its wishes: their own, those on all parts of a whole, and shades on
 * every whole of a part. One a resource, of the strongest kind and over all of their spans, in ascending order.
 */
export const claimsFor = (cases: readonly Case[]): ClaimInput[] =>
  cases[0]
    ? claimsOver(
        cases[0].book,
        cases.map((at) => ({ ...occupiedBy(at), resourceId: at.of.id, quantity: at.quantity })),
      )
    : [];

/** The same for spans that are known already. */
export function claimsOver(book: RuleBook, own: readonly Omit<ClaimInput, 'kind'>[]): ClaimInput[] {
  const claims = new Map<string, ClaimInput>();
  const put = (claim: ClaimInput) => {
    const known = claims.get(claim.resourceId) ?? claim;
    const stronger = RANK[claim.kind] > RANK[known.kind] ? claim : known;
    const [from, to] = [Math.min(known.from, claim.from), Math.max(known.to, claim.to)];
    claims.set(claim.resourceId, { ...stronger, from, to });
  };
  for (const { resourceId: id, quantity, from, to } of own) {
    put({ resourceId: id, kind: 'OWN', quantity, from, to });
    const parts = book.partsOf(id);
    for (const resourceId of parts) put({ resourceId, kind: 'PART', quantity: 1, from, to });
    const wholes = [id, ...parts].flatMap((each) => book.wholesOf(each));
    for (const resourceId of wholes) put({ resourceId, kind: 'SHADE', quantity: 1, from, to });
  }
  return [...claims.values()].sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1));
}
