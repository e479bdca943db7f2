const MOST = 100_000;
const texts = new Map<number, string>();

/** An instant (ms since 1970) as RFC 3339 in UTC. Calendars show the same ones again and again: each is printed once. */
export function instantText(at: number): string {
  const known = texts.get(at);
  if (known) return known;
  if (texts.size >= MOST) texts.clear();
  const text = new Date(at).toISOString();
  texts.set(at, text);
  return text;
}
