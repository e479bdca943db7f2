import { wallMinutes } from '../time/local-day.js';
import { binding, type Case } from './case.js';
import { type Reason, reason } from './reason.js';

/** `09:30` as minutes since midnight. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** MISALIGNED: starts and ends by the wall clock of the resource. A start that stays is not judged again. */
export function judgeGrid({ of, rules, window, keepsStart, actorRole }: Case): Reason[] {
  const rule = binding(rules.grid, actorRole);
  if (!rule) return [];
  const { stepMinutes, startTimes } = rule.settings;
  const start = wallMinutes(window.startsAt.getTime(), of.timeZone);
  const end = wallMinutes(window.endsAt.getTime(), of.timeZone);
  const offStep = (minutes: number) => stepMinutes !== null && minutes % stepMinutes !== 0;
  const offStart =
    offStep(start) || (startTimes !== null && !startTimes.some((time) => minutesOf(time) === start));
  if (!(offStart && !keepsStart) && !offStep(end)) return [];
  const sentences = [
    ...(stepMinutes === null ? [] : [`starts and ends every ${stepMinutes} min`]),
    ...(startTimes === null ? [] : [`starts at ${startTimes.join(', ')}`]),
  ];
  return [
    reason('MISALIGNED', `A reservation of ${of.name} ${sentences.join(' and ')} (${of.timeZone}).`, {
      resourceId: of.id,
      rule,
      limit: stepMinutes,
    }),
  ];
}
