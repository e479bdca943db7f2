const MINUTE = 60_000;
const DAY = 86_400_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const;
  const clock = new Intl.DateTimeFormat('en', { ...fields, second: 'numeric', hourCycle: 'h23', timeZone });
  clocks.set(timeZone, clock);
  return clock;
}

/** Whether this machine knows the zone. */
export function isZone(timeZone: string): boolean {
  try {
    return clockOf(timeZone) !== undefined;
  } catch {
    return false;
  }
}

/** What the clocks of the zone show at an instant: as the ms since 1970 at which a clock in UTC shows it. */
export function wallClock(at: number, timeZone: string): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
}

/** How many minutes the clocks of the zone are ahead of UTC. */
export const offsetMinutes = (at: number, timeZone: string): number =>
  Math.round((wallClock(at, timeZone) - at) / MINUTE);

/** The instant at which the clocks of the zone show that: of two the earlier, and as far behind a gap as it lies in it. */
export function instantOf(wall: number, timeZone: string): number {
  const [before, after] = [wall - DAY, wall + DAY].map((at) => wallClock(at, timeZone) - at) as [
    number,
    number,
  ];
  const shows = (at: number) => wallClock(at, timeZone) === wall;
  const [earlier = wall - before] = [wall - before, wall - after].filter(shows).sort((a, b) => a - b);
  return earlier;
}

/** `2028-03-07T09:00` */
export const localText = (wall: number): string => new Date(wall).toISOString().slice(0, 16);

/** RFC 3339 with the offset of the zone: `2028-03-07T09:00:00+01:00` */
export function isoText(at: number, timeZone: string): string {
  const minutes = offsetMinutes(at, timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const offset = `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
  return new Date(wallClock(at, timeZone)).toISOString().replace(/(\.000)?Z$/, offset);
}
