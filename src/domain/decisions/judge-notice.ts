import { addDays, dayStart, localDate } from '../time/local-day.js';
import { binding, type Case } from './case.js';
import { type Reason, reason } from './reason.js';

const MINUTE = 60_000;

/** `90 min`, `3 h`, `2 days`. */
export function lengthInWords(minutes: number): string {
  if (minutes > 0 && minutes % 1440 === 0) return minutes === 1440 ? '1 day' : `${minutes / 1440} days`;
  return minutes > 0 && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/** The bounds that notice and horizon set to a start: not before `from`, before `to`. */
export function noticeBounds({
  of,
  rules,
  now,
  actorRole,
}: Pick<Case, 'of' | 'rules' | 'now' | 'actorRole'>) {
  const settings = binding(rules.notice, actorRole)?.settings;
  const { leastMinutes = null, horizonDays = null } = settings ?? {};
  return {
    from: leastMinutes === null ? Number.NEGATIVE_INFINITY : now + leastMinutes * MINUTE,
    to:
      horizonDays === null
        ? Number.POSITIVE_INFINITY
        : dayStart(addDays(localDate(now, of.timeZone), horizonDays + 1), of.timeZone),
  };
}

/** TOO_SOON and TOO_FAR_AHEAD by the notice rule. A start that stays is not asked for notice again. */
export function judgeNotice(at: Case): Reason[] {
  const { of, rules, window, keepsStart, actorRole } = at;
  const rule = binding(rules.notice, actorRole);
  if (!rule) return [];
  const bounds = noticeBounds(at);
  const start = window.startsAt.getTime();
  const { leastMinutes, horizonDays } = rule.settings;
  if (start < bounds.from && !keepsStart) {
    const words = lengthInWords(leastMinutes ?? 0);
    return [
      reason('TOO_SOON', `${of.name} must be reserved at least ${words} before the start.`, {
        resourceId: of.id,
        rule,
        limit: leastMinutes,
        earliestStart: new Date(bounds.from).toISOString(),
      }),
    ];
  }
  if (start < bounds.to) return [];
  return [
    reason('TOO_FAR_AHEAD', `${of.name} can be reserved up to ${horizonDays} days ahead.`, {
      resourceId: of.id,
      rule,
      limit: horizonDays,
      latestStart: new Date(bounds.to - 1).toISOString(),
    }),
  ];
}

/** TOO_LATE: whether the reservation that stands there can still be given up or moved away. */
export function judgeGivingUp({ of, rules, window, now, actorRole }: Case): Reason[] {
  const rule = binding(rules.notice, actorRole);
  const cancelMinutes = rule?.settings.cancelMinutes ?? null;
  if (!rule || cancelMinutes === null) return [];
  const latest = window.startsAt.getTime() - cancelMinutes * MINUTE;
  if (now <= latest) return [];
  const words = lengthInWords(cancelMinutes);
  return [
    reason('TOO_LATE', `A reservation of ${of.name} stands from ${words} before its start on.`, {
      resourceId: of.id,
      rule,
      limit: cancelMinutes,
    }),
  ];
}
