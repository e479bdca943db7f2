import type { DigestTimes } from '../../sql/notifications/digests.js';
import type { DueDigest } from '../../sql/notifications/make-digest.js';
import { addDays, dayStart, localDate, wallTime, weekday } from '../time/local-day.js';

const minutesOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3, 5));

/** When the digest of that day comes. A time that clocks skip moves forward by the gap; of two the earlier (T3). */
const instantOf = (day: string, { at, timeZone }: DigestTimes): number =>
  wallTime(day, minutesOf(at), timeZone);

/** The last day whose instant is over at `now` (ms since 1970), on whichever days of the week digests come. */
export function dayBehind(now: number, times: DigestTimes): string {
  const today = localDate(now, times.timeZone);
  return instantOf(today, times) <= now ? today : addDays(today, -1);
}

/**
 * What is due at `now` (ms since 1970), the digest of the last chosen day whose instant is over unless `lastDay` is that or a
 * later one, and when to look for the next.
 */
export function lookAtDigest(
  now: number,
  times: DigestTimes,
  lastDay: string,
): { readonly due: DueDigest | null; readonly nextAt: Date } {
  const isChosen = (day: string) => times.days.includes(weekday(day));
  let day = dayBehind(now, times);
  while (day > lastDay && !isChosen(day)) day = addDays(day, -1);
  const isDue = day > lastDay;
  const settled = isDue ? day : lastDay;
  const today = localDate(now, times.timeZone);
  let next = addDays(settled > today ? settled : today, -1);
  while (next <= settled || !isChosen(next) || instantOf(next, times) <= now) next = addDays(next, 1);
  const nextAt = new Date(instantOf(next, times));
  if (!isDue) return { due: null, nextAt };
  const until = day === today ? new Date(dayStart(addDays(day, 1), times.timeZone)) : null;
  return { due: { day, until }, nextAt };
}
