import { Temporal } from 'temporal-polyfill';

export type Fold = 'EARLIER' | 'LATER';

/** A wall-clock time in a zone. `local` is ISO 8601 without an offset: 2026-03-29T02:30. */
export interface LocalTime {
  readonly local: string;
  readonly timeZone: string;
  /** Which of the two, where the clock shows this time twice (T3). */
  readonly fold: Fold;
}

/** The clock never shows this time: it jumps over it. */
export interface LocalTimeGap {
  readonly kind: 'LocalTimeGap';
  /** The first instant after the jump, and the wall-clock time it shows. */
  readonly nextAt: Date;
  readonly nextLocal: string;
}

const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;

/** The plain date and time, or null where the text is none. */
export function parseLocal(text: string): Temporal.PlainDateTime | null {
  if (!LOCAL.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/**
 * The instant at which a clock in that zone shows that time (T2, T3); independent of the server's zone.
 * @returns a gap where no clock shows it, null where `local` is not a time at all
 */
export function resolveLocal(time: LocalTime): Date | LocalTimeGap | null {
  const plain = parseLocal(time.local);
  if (!plain) return null;
  const at = (disambiguation: 'earlier' | 'later') =>
    plain.toZonedDateTime(time.timeZone, { disambiguation });
  const [earlier, later] = [at('earlier'), at('later')];
  const exists = later.toPlainDateTime().equals(plain);
  if (exists) return new Date((time.fold === 'LATER' ? later : earlier).epochMilliseconds);
  // In a gap `earlier` lies before the jump and `later` behind it: the jump is the transition between them.
  const jump = earlier.getTimeZoneTransition('next') ?? later;
  return {
    kind: 'LocalTimeGap',
    nextAt: new Date(jump.epochMilliseconds),
    nextLocal: jump.toPlainDateTime().toString({ smallestUnit: 'minute' }),
  };
}
