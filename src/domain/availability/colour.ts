import type { ReasonCode } from '../decisions/reason.js';

/** What a span is to who looks at it; of several, the first that is true. */
export const COLOURS = ['TAKEN', 'HELD', 'CLOSED', 'OUTSIDE_HOURS', 'NOT_PERMITTED', 'FREE'] as const;
export type Colour = (typeof COLOURS)[number];

/** Why a span is not free. `reservationId` is for those who may read it; the graphql room masks it. */
export interface Cause {
  readonly code: ReasonCode;
  readonly message: string;
  /** Of TAKEN and HELD, where it is one reservation by itself and was read. */
  readonly reservationId: string | null;
  /** Of HELD: when the first of the holds dies, in ms since 1970. */
  readonly heldUntil: number | null;
  /** Of CLOSED: the closure's. */
  readonly title: string | null;
}

/** A span of one colour. Instants in ms since 1970. */
export interface ColourSpan {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly colour: Colour;
  /** How many are left where it is FREE, else 0. */
  readonly quantity: number;
  /** Null where it is FREE. */
  readonly cause: Cause | null;
}

/** A cause with these facts; the others are null. */
export const cause = (
  code: ReasonCode,
  message: string,
  facts: Partial<Omit<Cause, 'code' | 'message'>> = {},
): Cause => ({ code, message, reservationId: null, heldUntil: null, title: null, ...facts });
