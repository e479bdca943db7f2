const DAY = 86_400_000;

/** The wall-clock time as if the clock stood in UTC, in ms since 1970. */
const wallMs = (local: string): number => Date.parse(`${local}Z`);

/** Printed as exactly as the example is. */
const printedAs = (example: string, ms: number): string =>
  new Date(ms).toISOString().slice(0, Math.max(example.length, 'YYYY-MM-DDTHH:MM'.length));

/** Start and end as the wall clock shows them. */
export interface WallTimes {
  readonly startsLocal: string;
  readonly endsLocal: string;
}

/** How much later the one is than the other, in ms of the wall clock. */
export const wallShift = (from: string, to: string): number => wallMs(to) - wallMs(from);

/** The time that much later; a date alone stays what it is. */
export const shifted = (local: string, ms: number): string =>
  local.includes('T') ? printedAs(local, wallMs(local) + ms) : local;

/** The whole days in which an end lies behind the first such time of day after the start. */
const wholeDays = (length: number) => Math.floor((length - 1) / DAY) * DAY;

/**
 * The same dates with another time of day (HH:MM). A start alone moves the whole, which keeps its length; an end is
 * the first such time after the start, as many whole days later as before: 22:00 to 02:00 ends on the next day.
 */
export function withTimes(
  { startsLocal, endsLocal }: WallTimes,
  startTime: string | null,
  endTime: string | null,
): WallTimes {
  const from = startTime ? wallMs(`${startsLocal.slice(0, 10)}T${startTime}`) : wallMs(startsLocal);
  const length = wallShift(startsLocal, endsLocal);
  let to = from + length;
  if (endTime) {
    to = wallMs(`${new Date(from).toISOString().slice(0, 10)}T${endTime}`);
    if (to <= from) to += DAY;
    to += wholeDays(length);
  }
  return { startsLocal: printedAs(startsLocal, from), endsLocal: printedAs(endsLocal, to) };
}
