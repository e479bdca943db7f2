import { countedMinutes } from '../time/local-day.js';
import { binding, type Case } from './case.js';
import { lengthInWords } from './judge-notice.js';
import { type Reason, reason } from './reason.js';

const MINUTE = 60_000;

/** TOO_SHORT and DURATION_TOO_LONG, by the minutes that T6 counts. */
export function judgeLength({ of, rules, window, actorRole }: Case): Reason[] {
  const rule = binding(rules.length, actorRole);
  if (!rule) return [];
  const { leastMinutes, mostMinutes } = rule.settings;
  const used = countedMinutes(window, of.timeZone);
  const endAfter = (minutes: number) => new Date(window.startsAt.getTime() + minutes * MINUTE).toISOString();
  const facts = { resourceId: of.id, rule, used };
  if (leastMinutes !== null && used < leastMinutes) {
    const message = `A reservation of ${of.name} lasts at least ${lengthInWords(leastMinutes)}.`;
    return [
      reason('TOO_SHORT', message, { ...facts, limit: leastMinutes, earliestEnd: endAfter(leastMinutes) }),
    ];
  }
  if (mostMinutes === null || used <= mostMinutes) return [];
  const message = `A reservation of ${of.name} lasts at most ${lengthInWords(mostMinutes)}.`;
  return [
    reason('DURATION_TOO_LONG', message, { ...facts, limit: mostMinutes, latestEnd: endAfter(mostMinutes) }),
  ];
}
