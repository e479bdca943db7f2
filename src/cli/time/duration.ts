import { wrongUsage } from '../failure.js';

const DURATION = /^(?:(\d{1,3})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m?)?$/;

/** The minutes of `90m`, `2h`, `1h30`, `1h30m`, `1d`; null where it is none. A number alone is none: of what? */
export function readMinutes(text: string): number | null {
  const [, days = '0', hours = '0', minutes = '0'] =
    DURATION.exec(text.replaceAll(' ', '').toLowerCase()) ?? [];
  const total = Number(days) * 1_440 + Number(hours) * 60 + Number(minutes);
  return total > 0 && /[dhm]/i.test(text) ? total : null;
}

/** The same, where anything else is a mistake. */
export function minutesOf(text: string): number {
  const minutes = readMinutes(text);
  if (minutes === null)
    throw wrongUsage(`"${text}" is no duration.`, 'Durations look like 90m, 2h, 1h30 or 1d.');
  return minutes;
}

/** `1h30m`, as it can be typed. */
export function durationText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  return `${hours > 0 ? `${hours}h` : ''}${rest > 0 || hours === 0 ? `${rest}m` : ''}`;
}
