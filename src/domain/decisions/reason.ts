import type { ClosureRow } from '../../sql/rules/read-rule-book.js';
import type { Rule } from '../schedules/rule.js';

/** Why a wish is refused (D3). Those that need approval or a waitlist come with them. */
export type ReasonCode =
  | 'SLOT_TAKEN'
  | 'SLOT_HELD'
  | 'BUFFER_CONFLICT'
  | 'CAPACITY_EXCEEDED'
  | 'QUANTITY_ABOVE_CAPACITY'
  | 'OUTSIDE_OPENING_HOURS'
  | 'CLOSED'
  | 'TOO_SOON'
  | 'TOO_FAR_AHEAD'
  | 'TOO_EARLY'
  | 'TOO_LATE'
  | 'TOO_SHORT'
  | 'DURATION_TOO_LONG'
  | 'MISALIGNED'
  | 'QUOTA_EXCEEDED'
  | 'NOT_PERMITTED'
  | 'RESOURCE_INACTIVE'
  | 'INVALID_WINDOW'
  | 'LOCAL_TIME_GAP'
  | 'HOLD_EXPIRED'
  | 'APPROVAL_EXPIRED'
  | 'ALREADY_DECIDED'
  | 'INVALID_RRULE'
  | 'SERIES_SELF_OVERLAP';

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
  /** The rule that says so, with where it stands; null where no rule but the facts do. */
  readonly rule: Rule | null;
  readonly closure: ClosureRow | null;
  /** The part of the wish that offends; of a quota the period that it counts. */
  readonly span: Span | null;
  readonly conflicts: readonly Conflict[];
  /** The earliest start from which a window of the same length passes in time, not before the one that was wished. */
  readonly earliestStart: string | null;
  /** TOO_FAR_AHEAD: the horizon, before which it must start. */
  readonly latestStart: string | null;
  /** TOO_SHORT: the earliest end that is long enough. */
  readonly earliestEnd: string | null;
  /** The latest end that still fits with the start that was wished. */
  readonly latestEnd: string | null;
  /** What a pool has left at its fullest instant of the window. */
  readonly freeQuantity: number | null;
  /** What the rule allows at most or asks for at least, and what the wish would come to: minutes or a count. */
  readonly limit: number | null;
  readonly used: number | null;
  /** SLOT_HELD: when the last of the holds dies by itself. HOLD_EXPIRED, APPROVAL_EXPIRED, TOO_LATE for check-in: when it died. */
  readonly expiresAt: string | null;
  /** TOO_EARLY: from when on one checks in. */
  readonly opensAt: string | null;
}

/** What was asked for, as far as something else can be offered instead (D4). */
export interface RefusedWish {
  readonly ownerId: string;
  readonly window: Span;
  readonly resources: readonly { readonly resourceId: string; readonly quantity: number }[];
  /** The reservation that was to be moved, with the start and the resources that it has; null for a new one. */
  readonly moving: {
    readonly id: string;
    readonly startsAt: string;
    readonly resourceIds: readonly string[];
  } | null;
}

/** A refusal: all reasons at once, nothing written (D2). */
export interface ReservationRefused {
  readonly kind: 'ReservationRefused';
  readonly message: string;
  readonly path: readonly string[];
  readonly reasons: readonly Reason[];
  /** Null where nothing else would help: the request can be of no reservation, or may not be made at all. */
  readonly wish: RefusedWish | null;
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
  rule: null,
  closure: null,
  span: null,
  conflicts: [],
  earliestStart: null,
  latestStart: null,
  earliestEnd: null,
  latestEnd: null,
  freeQuantity: null,
  limit: null,
  used: null,
  expiresAt: null,
  opensAt: null,
  ...facts,
});

/** The span between two instants in ms since 1970. */
export const spanOf = (from: number, to: number): Span => ({
  startsAt: new Date(from).toISOString(),
  endsAt: new Date(to).toISOString(),
});

/** The refusal that carries these reasons; its message is that of the first, with how many follow. */
export function refused(reasons: readonly Reason[], wish: RefusedWish | null = null): ReservationRefused {
  const first = reasons[0]?.message ?? 'Refused.';
  const more = reasons.length > 1 ? ` And ${reasons.length - 1} more.` : '';
  return { kind: 'ReservationRefused', message: first + more, path: [], reasons, wish };
}
