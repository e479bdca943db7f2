const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
const LONGEST_MS = 24 * HOUR;

/** Eight attempts over some 31 hours: behind the last wait comes the last one. */
export const WAITS_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  6 * HOUR,
  LONGEST_MS,
];

/** So much longer at most, so that what has failed at once does not come again at once. */
const SPREAD = 0.2;

/** What the header Retry-After asks for (RFC 9110, 10.2.3), in ms from now; 0 for what is neither form of it. */
function askedMs(nowMs: number, retryAfter: string | null): number {
  if (retryAfter === null) return 0;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * SECOND;
  const until = /^[A-Z][a-z]+, .* GMT$/.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(until) ? 0 : until - nowMs;
}

/**
 * How long to wait after the first failure, the second …, in whole ms: up to a fifth longer than WAITS_MS, as `random`
 * (from 0 up to 1) says, and as long as the receiver asks for, up to a day.
 */
export const waitsMs = (nowMs: number, retryAfter: string | null, random: number): number[] => {
  const asked = Math.min(askedMs(nowMs, retryAfter), LONGEST_MS);
  return WAITS_MS.map((wait) => Math.max(Math.round(wait * (1 + SPREAD * random)), asked));
};
