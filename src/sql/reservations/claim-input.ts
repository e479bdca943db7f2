/**
 * OWN: asked for. PART: of a whole that was asked for. SHADE: on a whole of which a part was asked for; shows
 * it as taken and leaves its other parts alone.
 */
export type ClaimKind = 'OWN' | 'PART' | 'SHADE';

/** One claim to be placed: a resource and the span to be occupied there, in ms since 1970. */
export interface ClaimInput {
  readonly resourceId: string;
  readonly kind: ClaimKind;
  readonly quantity: number;
  readonly from: number;
  readonly to: number;
}

const instant = (ms: number) => new Date(ms).toISOString();

/** The claims as five parallel arrays, for `unnest(uuid[], text[], integer[], timestamptz[], timestamptz[])`. */
export const claimArrays = (claims: readonly ClaimInput[]) => [
  claims.map((claim) => claim.resourceId),
  claims.map((claim) => claim.kind),
  claims.map((claim) => claim.quantity),
  claims.map((claim) => instant(claim.from)),
  claims.map((claim) => instant(claim.to)),
];
