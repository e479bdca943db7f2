/** Why a wish is refused (D3). Those that need rules, approval or check-in come with them. */
export type ReasonCode =
  | 'SLOT_TAKEN'
  | 'SLOT_HELD'
  | 'BUFFER_CONFLICT'
  | 'CAPACITY_EXCEEDED'
  | 'QUANTITY_ABOVE_CAPACITY'
  | 'TOO_SOON'
  | 'NOT_PERMITTED'
  | 'RESOURCE_INACTIVE'
  | 'INVALID_WINDOW'
  | 'LOCAL_TIME_GAP'
  | 'HOLD_EXPIRED'
  | 'ALREADY_DECIDED';

export interface Span {
  readonly startsAt: string;
  readonly endsAt: string;
}

/** A claim that stands in the way. `reservationId` is for those who may read it; the graphql room masks it. */
export interface Conflict {
  readonly reservationId: string;
  readonly ownerId: string;
  readonly window: Span;
  readonly occupied: Span;
  readonly quantity: number;
  readonly heldUntil: string | null;
}

/** One reason of a refusal, with what would make it pass as far as that is known. */
export interface Reason {
  readonly code: ReasonCode;
  readonly message: string;
  readonly resourceId: string | null;
  /** The part of the wish that offends. */
  readonly span: Span | null;
  readonly conflicts: readonly Conflict[];
  /** The earliest start from which a window of the same length fits, not before the one that was wished. */
  readonly earliestStart: string | null;
  /** The latest end that still fits with the start that was wished. */
  readonly latestEnd: string | null;
  /** What a pool has left at its fullest instant of the window. */
  readonly freeQuantity: number | null;
  /** SLOT_HELD: when the last of the holds dies by itself. HOLD_EXPIRED: when it died. */
  readonly expiresAt: string | null;
}

/** A refusal: all reasons at once, nothing written (D2). */
export interface ReservationRefused {
  readonly kind: 'ReservationRefused';
  readonly message: string;
  readonly path: readonly string[];
  readonly reasons: readonly Reason[];
}

/** Builds a reason from the facts that it has; the others are null. */
export const reason = (
  code: ReasonCode,
  message: string,
  facts: Partial<Omit<Reason, 'code' | 'message'>> = {},
): Reason => ({
  code,
  message,
  resourceId: null,
  span: null,
  conflicts: [],
  earliestStart: null,
  latestEnd: null,
  freeQuantity: null,
  expiresAt: null,
  ...facts,
});

/** The refusal that carries these reasons; its message is that of the first, with how many follow. */
export function refused(reasons: readonly Reason[]): ReservationRefused {
  const first = reasons[0]?.message ?? 'Refused.';
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : '';
  return { kind: 'ReservationRefused', message: first + more, path: [], reasons };
}
