import { createHash } from 'node:crypto';
import { type CalendarBounds, readCalendar } from '../../sql/feeds/read-calendar.js';
import type { Ctx } from '../act.js';
import { feedTokenHash } from './feed-token.js';
import { printCalendar } from './print-calendar.js';

/**
 * A quarter back, so that what was cancelled is still told to programs that seldom look, and a good year ahead, as
 * far as calendars are looked at. 2,000 reservations make about a megabyte, more than which some programs refuse.
 */
const BOUNDS: CalendarBounds = { daysBehind: 90, daysAhead: 400, most: 2_000 };

export interface ShownCalendar {
  /** An iCalendar object. */
  readonly text: string;
  /** A strong entity tag, with its quotes. */
  readonly etag: string;
}

/**
 * What the feed with this token shows now. Whoever knows the token may see it, as its owner would.
 * @returns null for a token that is none, or none any more, and where the owner's account is not active
 * @throws Unavailable when the database is away
 */
export async function showCalendar(
  { db, clock }: Pick<Ctx, 'db' | 'clock'>,
  token: string,
): Promise<ShownCalendar | null> {
  const hash = feedTokenHash(token);
  const read = hash && (await readCalendar(db, clock.fixed(), hash, BOUNDS));
  if (!read) return null;
  const text = printCalendar(read);
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` };
}
