const MINUTE = 60_000;
const MOST = 100_000;
const texts = new Map<number, string>();

/**
 * An instant (ms since 1970) as RFC 3339 in UTC. Calendars show the same full minutes again and again: those are
 * printed once, under a small whole number, which a map finds faster than a large one.
 */
export function instantText(at: number): string {
  const minute = at / MINUTE;
  if (!Number.isInteger(minute)) return new Date(at).toISOString();
  const known = texts.get(minute);
  if (known) return known;
  if (texts.size >= MOST) texts.clear();
  const text = new Date(at).toISOString();
  texts.set(minute, text);
  return text;
}
