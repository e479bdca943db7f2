/** The zones whose every transition the tests look at, with the odd ones among them. */
export const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago', // changes at midnight
  'Africa/Casablanca', // a change as of 2026, and two a year before
  'Africa/Cairo', // at midnight, forward and back
  'Asia/Beirut', // at midnight
  'Asia/Kathmandu', // +05:45
  'Australia/Lord_Howe', // by half an hour
  'Pacific/Chatham', // +12:45
  'Pacific/Apia', // left out 30 December 2011
  'Antarctica/Troll', // by two hours
] as const;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  clocks.set(timeZone, clock);
  return clock;
}

/** What clocks in the zone show, by the platform alone: nothing of the code under test, no Temporal. */
export function shown(at: number, timeZone: string): { date: string; time: string; minutes: number } {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { year = '', month = '', day = '', hour = '', minute = '', second = '' } = parts;
  return {
    date: `${year.padStart(4, '0')}-${month}-${day}`,
    time: `${hour}:${minute}:${second}`,
    minutes: Number(hour) * 60 + Number(minute) + Number(second) / 60,
  };
}

function offset(at: number, timeZone: string): number {
  const { date, time } = shown(at, timeZone);
  return Date.parse(`${date}T${time}Z`) - at;
}

/** No zone has changed its clocks twice within so long and been back where it was. */
const STEP = 3 * 24 * HOUR;

/** Every instant between the two at which the clocks of the zone change, to the minute. */
export function transitions(timeZone: string, from: number, to: number): number[] {
  const found: number[] = [];
  let before = offset(from, timeZone);
  for (let at = from; at < to; at += STEP) {
    const after = offset(at + STEP, timeZone);
    if (after === before) continue;
    let [low, high] = [at, at + STEP];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / MINUTE / 2) * MINUTE;
      if (offset(middle, timeZone) === before) low = middle;
      else high = middle;
    }
    found.push(high);
    before = after;
  }
  return found;
}
