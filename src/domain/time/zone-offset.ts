import { Temporal } from 'temporal-polyfill';
import type { Stretch } from './stretch.js';

/** While it lasts, the clocks of a zone are that many ms ahead of UTC. */
export interface OffsetSpan extends Stretch {
  readonly offset: number;
}

/** Where on the wall clock a gap is: the instant of the jump, and the instant that lies as far behind it as the time lies in the gap. */
export interface ClockGap {
  readonly jump: number;
  readonly moved: number;
}

const DAY = 86_400_000;
/** Spans are remembered in parts of that length: long enough to hold few, short enough to find one at once. */
const PART = 128 * DAY;
const MOST_ZONES = 1_000;
const MOST_PARTS = 1_000;

const zones = new Map<string, Map<number, readonly OffsetSpan[]>>();

/** The spans of one part; the first and the last are cut at its ends. */
function readPart(part: number, timeZone: string): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  const end = (part + 1) * PART;
  for (let from = part * PART; from < end; ) {
    const zoned = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
    const to = Math.min(zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? end, end);
    spans.push({ from, to, offset: zoned.offsetNanoseconds / 1e6 });
    from = to;
  }
  return spans;
}

function partsOf(timeZone: string): Map<number, readonly OffsetSpan[]> {
  const known = zones.get(timeZone);
  if (known && known.size < MOST_PARTS) return known;
  if (zones.size >= MOST_ZONES) zones.clear();
  const parts = new Map<number, readonly OffsetSpan[]>();
  zones.set(timeZone, parts);
  return parts;
}

/**
 * A span of constant offset that holds the instant (ms since 1970). It may end, or have begun, without a change
 * of clocks; the next one starts where it ends. Throws RangeError for an unknown zone.
 */
export function offsetSpan(at: number, timeZone: string): OffsetSpan {
  const part = Math.floor(at / PART);
  const parts = partsOf(timeZone);
  let spans = parts.get(part);
  if (!spans) {
    spans = readPart(part, timeZone);
    parts.set(part, spans);
  }
  // A part always has a last span, and it ends where the part does.
  return spans.find(({ to }) => at < to) as OffsetSpan;
}

/** Whether this Node's tz database has the zone. */
export function isZoneKnown(timeZone: string): boolean {
  try {
    return offsetSpan(0, timeZone).to > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * The instant at which the clocks of the zone show a wall time, given as the ms since 1970 that a clock in UTC
 * would show it at. Of two such instants the earlier one; a gap where there is none.
 */
export function clockShows(wall: number, timeZone: string): number | ClockGap {
  // No clock is a whole day ahead of UTC, so the first span has begun when its own clock shows that time.
  let span = offsetSpan(wall - DAY, timeZone);
  for (;;) {
    const at = wall - span.offset;
    if (at < span.to) return at;
    const next = offsetSpan(span.to, timeZone);
    if (wall - next.offset < next.from) return { jump: next.from, moved: at };
    span = next;
  }
}
