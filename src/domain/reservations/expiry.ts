import type { ReserveInput } from '../../sql/reservations/reserve.js';

/** When the database will say that what is made at `now` dies; null where it is confirmed at once. */
export function expiryOf(
  { holdMs, heldAs, startsAt, endsAt }: Pick<ReserveInput, 'holdMs' | 'heldAs' | 'startsAt' | 'endsAt'>,
  now: number,
): string | null {
  if (holdMs === null) return null;
  const useless = startsAt.getTime() > now ? startsAt.getTime() : endsAt.getTime();
  const until = heldAs === 'HELD' ? now + holdMs : Math.min(now + holdMs, useless);
  return new Date(until).toISOString();
}
