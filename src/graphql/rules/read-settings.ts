import type { OpeningHours } from '../../domain/schedules/opening-hours.js';
import type { Access, Approval, Approvers, CheckIn, Quota } from '../../domain/schedules/rule.js';
import type { RuleContent } from '../../domain/schedules/rule-policy.js';
import { bareId } from '../schema/ids.js';
import type { ApprovalInput, ApproversInput } from './approval.inputs.js';
import type { CheckInInput } from './check-in.inputs.js';
import { WEEKDAYS } from './enums.js';
import type { RuleSetInput } from './rule.inputs.js';
import type { AccessInput, OpeningHoursInput, OpenSpanInput, QuotaInput } from './rule-settings.inputs.js';

const spansOf = (spans: readonly OpenSpanInput[]) => spans.map(({ opens, closes }) => ({ opens, closes }));

const hoursOf = ({ week, exceptions }: OpeningHoursInput): OpeningHours => ({
  week: week.map(({ days, spans }) => ({
    days: days.map((day) => WEEKDAYS.indexOf(day) + 1),
    spans: spansOf(spans),
  })),
  exceptions: (exceptions ?? []).map(({ from, to, title, spans }) => ({
    from,
    to: to ?? from,
    title: title ?? '',
    spans: spansOf(spans ?? []),
  })),
});

const quotaOf = ({ measure, period, limit, groupId, over }: QuotaInput): Quota => ({
  measure,
  period,
  groupId: groupId ? bareId('Group', groupId) : null,
  over: over ?? 'SCOPE',
  limit,
});

const accessOf = ({ roles, groupIds, trainingIds }: AccessInput): Access => ({
  roles: roles ?? null,
  groupIds: groupIds?.map((id) => bareId('Group', id)) ?? null,
  trainingIds: (trainingIds ?? []).map((id) => bareId('Training', id)),
});

const approversOf = ({ userIds, groupIds, managers }: ApproversInput): Approvers => ({
  userIds: (userIds ?? []).map((id) => bareId('User', id)),
  groupIds: (groupIds ?? []).map((id) => bareId('Group', id)),
  managers: managers ?? false,
});

const approvalOf = (input: ApprovalInput): Approval => ({
  overMinutes: input.overMinutes ?? null,
  outsideHours: input.outsideHours ?? false,
  steps: input.steps.map(approversOf),
  deadlineMinutes: input.deadlineMinutes,
  remindMinutes: input.remindMinutes ?? null,
  escalateMinutes: input.escalateMinutes ?? null,
  escalation: input.escalation ? approversOf(input.escalation) : null,
});

const checkInOf = (input: CheckInInput): CheckIn => ({
  opensMinutes: input.opensMinutes ?? 15,
  graceMinutes: input.graceMinutes,
  strikes: input.strikes ?? null,
  checkOut: input.checkOut ?? true,
  extension: input.extension ?? true,
  anonymous: input.anonymous ?? false,
});

/** Every settings that the input gives; what is left out in them has the value that the input promises. */
export function readSettings(input: RuleSetInput): RuleContent[] {
  const { openingHours, buffers, notice, length, grid, quota, access, approval, checkIn } = input;
  const given: RuleContent[] = [];
  if (openingHours) given.push({ kind: 'OPENING_HOURS', settings: hoursOf(openingHours) });
  if (buffers) {
    const { setupMinutes, teardownMinutes } = buffers;
    const settings = { setupMinutes: setupMinutes ?? 0, teardownMinutes: teardownMinutes ?? 0 };
    given.push({ kind: 'BUFFERS', settings });
  }
  if (notice) {
    const { leastMinutes = null, horizonDays = null, cancelMinutes = null } = notice;
    given.push({ kind: 'NOTICE', settings: { leastMinutes, horizonDays, cancelMinutes } });
  }
  if (length) {
    const { leastMinutes = null, mostMinutes = null } = length;
    given.push({ kind: 'LENGTH', settings: { leastMinutes, mostMinutes } });
  }
  if (grid) {
    const { stepMinutes = null, startTimes = null } = grid;
    given.push({ kind: 'GRID', settings: { stepMinutes, startTimes } });
  }
  if (quota) given.push({ kind: 'QUOTA', settings: quotaOf(quota) });
  if (access) given.push({ kind: 'ACCESS', settings: accessOf(access) });
  if (approval) given.push({ kind: 'APPROVAL', settings: approvalOf(approval) });
  if (checkIn) given.push({ kind: 'CHECK_IN', settings: checkInOf(checkIn) });
  return given;
}
