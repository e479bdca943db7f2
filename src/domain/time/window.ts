/** A half-open interval `[startsAt, endsAt)` of instants, to the millisecond (T1). */
export interface Window {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Whether the two share an instant; windows that only touch do not. */
export const overlaps = (a: Window, b: Window): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

const EARLIEST = Date.UTC(1970, 0, 1);
const LATEST = Date.UTC(9000, 0, 1);

/** Whether an instant (ms since 1970) can be meant at all; some outside no calendar or database can hold. */
export const isMeant = (instant: number): boolean => instant >= EARLIEST && instant <= LATEST;

/** What is said of an instant that cannot. */
export const YEARS_MEANT = 'between the years 1970 and 9000';

export const lengthMs = (window: Window): number => window.endsAt.getTime() - window.startsAt.getTime();

/** Reads instants as PostgreSQL prints them. */
export const windowOf = (row: { startsAt: string; endsAt: string }): Window => ({
  startsAt: new Date(row.startsAt),
  endsAt: new Date(row.endsAt),
});
