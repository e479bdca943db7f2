import { type ReservationRefused, refused } from '../../domain/decisions/reason.js';
import { type InvalidInput, invalidInput } from '../../domain/failure.js';
import { skippedTime } from '../../domain/reservations/skipped-time.js';
import { resolveLocal } from '../../domain/time/local-time.js';
import { isMeant, type Window, YEARS_MEANT } from '../../domain/time/window.js';
import { badUserInput } from '../errors.js';
import type { LocalTimeInput, WindowInput } from './window.js';

/** The two sides of a window; null where the input leaves one out. */
export interface Sides {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

type Problem = InvalidInput | ReservationRefused;

async function readSide(
  side: 'startsAt' | 'endsAt',
  instant: Date | null | undefined,
  local: LocalTimeInput | null | undefined,
  zone: () => Promise<string | null>,
): Promise<Date | null | Problem> {
  if (instant && local)
    return invalidInput(['input', 'window'], `Name ${side} once: as an instant or as a local time.`);
  if (!local) return instant ?? null;
  const timeZone = local.timeZone ?? (await zone());
  if (!timeZone)
    return invalidInput(['input', 'window', `${side}Local`], 'Name the time zone of this local time.');
  const resolved = resolveLocal({ local: local.local, timeZone, fold: local.fold ?? 'EARLIER' });
  if (!resolved)
    return invalidInput(['input', 'window', `${side}Local`], 'A local time looks like 2026-03-01T09:00.');
  if (resolved instanceof Date) return resolved;
  return refused([skippedTime(local.local, timeZone, resolved)]);
}

/** Both sides as instants (T2, T3). `zone` finds the resource's own time zone and is asked only where it counts. */
export async function readSides(
  input: WindowInput,
  zone: () => Promise<string | null>,
): Promise<Sides | Problem> {
  const startsAt = await readSide('startsAt', input.startsAt, input.startsAtLocal, zone);
  if (startsAt && 'kind' in startsAt) return startsAt;
  const endsAt = await readSide('endsAt', input.endsAt, input.endsAtLocal, zone);
  if (endsAt && 'kind' in endsAt) return endsAt;
  return { startsAt, endsAt };
}

/** The same where both sides must be there. */
export async function readWindow(
  input: WindowInput,
  zone: () => Promise<string | null>,
): Promise<Window | Problem> {
  const sides = await readSides(input, zone);
  if ('kind' in sides) return sides;
  const { startsAt, endsAt } = sides;
  if (!startsAt || !endsAt) return invalidInput(['input', 'window'], 'A window has a start and an end.');
  return { startsAt, endsAt };
}

/** The longest window that a reading looks at. */
const MOST_DAYS = 400;

/** A window to look at. Throws BAD_USER_INPUT where it is none, too long, or in years that nobody means. */
export async function readViewedWindow(input: WindowInput): Promise<Window> {
  const window = await readWindow(input, async () => null);
  if ('kind' in window) throw badUserInput(window.message);
  if (window.startsAt >= window.endsAt) throw badUserInput('A window must start before it ends.');
  if (!isMeant(window.startsAt.getTime()) || !isMeant(window.endsAt.getTime())) {
    throw badUserInput(`A window must lie ${YEARS_MEANT}.`);
  }
  if (window.endsAt.getTime() - window.startsAt.getTime() > MOST_DAYS * 86_400_000) {
    throw badUserInput(`A window to look at has at most ${MOST_DAYS} days.`);
  }
  return window;
}
