import type { OpeningHours } from '../../domain/schedules/opening-hours.js';
import type { Access, Approval, Grid, Rule, RuleKind } from '../../domain/schedules/rule.js';
import { WEEKDAYS } from './enums.js';

/** The object type that shows the settings of each kind. */
const SHOWN_AS: Readonly<Record<RuleKind, string>> = {
  OPENING_HOURS: 'OpeningHoursSettings',
  BUFFERS: 'BuffersSettings',
  NOTICE: 'NoticeSettings',
  LENGTH: 'LengthSettings',
  GRID: 'GridSettings',
  QUOTA: 'QuotaSettings',
  ACCESS: 'AccessSettings',
  APPROVAL: 'ApprovalSettings',
  CHECK_IN: 'CheckInSettings',
};

const shownHours = ({ week, exceptions }: OpeningHours) => ({
  week: week.map(({ days, spans }) => ({ days: days.map((day) => WEEKDAYS[day - 1]), spans })),
  exceptions,
});

function shown({ kind, settings }: Rule): object {
  if (kind === 'OPENING_HOURS') return shownHours(settings as OpeningHours);
  if (kind === 'GRID') return { ...settings, startTimes: (settings as Grid).startTimes ?? [] };
  if (kind === 'ACCESS') return { ...settings, roles: (settings as Access).roles ?? [] };
  return settings as object;
}

/** The settings as the member of the union RuleSettings that shows them; null where the rule only ends another. */
export const shownSettings = (rule: Rule): object | null =>
  rule.settings && { ...shown(rule), kind: SHOWN_AS[rule.kind] };

/** The ids of groups and trainings that the rule names. */
export function idsIn({ kind, settings }: Rule): string[] {
  if (!settings) return [];
  if (kind === 'APPROVAL') return (settings as Approval).steps.flatMap(({ groupIds }) => groupIds);
  if (kind === 'ACCESS') {
    const { groupIds, trainingIds } = settings as Access;
    return [...(groupIds ?? []), ...trainingIds];
  }
  const { groupId } = settings as { groupId?: string | null };
  return groupId ? [groupId] : [];
}
