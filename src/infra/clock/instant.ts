const RFC3339 = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** Date.parse takes 30 February for 2 March. */
const isDay = (day: string) => new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);

/** The RFC 3339 instant as milliseconds since 1970, or null for any other text. */
export function instantMs(text: string): number | null {
  const day = RFC3339.exec(text)?.[1];
  const ms = day === undefined ? Number.NaN : Date.parse(text);
  return day === undefined || Number.isNaN(ms) || !isDay(day) ? null : ms;
}
