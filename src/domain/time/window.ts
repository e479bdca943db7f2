/** A half-open interval `[startsAt, endsAt)` of instants, to the millisecond (T1). */
export interface Window {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Whether the two share an instant; windows that only touch do not. */
export const overlaps = (a: Window, b: Window): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

export const lengthMs = (window: Window): number => window.endsAt.getTime() - window.startsAt.getTime();

/** Reads instants as PostgreSQL prints them. */
export const windowOf = (row: { startsAt: string; endsAt: string }): Window => ({
  startsAt: new Date(row.startsAt),
  endsAt: new Date(row.endsAt),
});
