import type { OpeningHours } from '../schedules/opening-hours.js';
import type {
  Access,
  Approval,
  Approvers,
  Buffers,
  CheckIn,
  Grid,
  LengthLimits,
  Notice,
  Quota,
  Rule,
} from '../schedules/rule.js';
import { hoursInWords } from './hours-in-words.js';
import { lengthInWords } from './judge-notice.js';
import { PERIOD } from './judge-quotas.js';
import { dateInWords, listed, WHOLE_DATE } from './words.js';

/** What a group or a training is called, by its id. */
export type NameOf = (id: string) => string;

function buffersInWords({ setupMinutes, teardownMinutes }: Buffers): string {
  const sides = [
    ...(setupMinutes > 0 ? [`${lengthInWords(setupMinutes)} before`] : []),
    ...(teardownMinutes > 0 ? [`${lengthInWords(teardownMinutes)} after`] : []),
  ];
  return `${sides.length > 0 ? listed(sides, 'and') : 'Nothing around'} each reservation is kept free`;
}

function noticeInWords({ leastMinutes, horizonDays, cancelMinutes }: Notice): string {
  const words = [
    ...(leastMinutes === null ? [] : [`reserve at least ${lengthInWords(leastMinutes)} before the start`]),
    ...(horizonDays === null ? [] : [`reserve at most ${horizonDays} days ahead`]),
    ...(cancelMinutes === null ? [] : [`cancel at least ${lengthInWords(cancelMinutes)} before the start`]),
  ];
  return listed(words, 'and') || 'reserve and cancel at any time';
}

function lengthsInWords({ leastMinutes, mostMinutes }: LengthLimits): string {
  const words = [
    ...(leastMinutes === null ? [] : [`at least ${lengthInWords(leastMinutes)}`]),
    ...(mostMinutes === null ? [] : [`at most ${lengthInWords(mostMinutes)}`]),
  ];
  return `A reservation lasts ${listed(words, 'and') || 'as long as one likes'}`;
}

function gridInWords({ stepMinutes, startTimes }: Grid): string {
  const words = [
    ...(stepMinutes === null ? [] : [`starts and ends every ${lengthInWords(stepMinutes)}`]),
    ...(startTimes === null ? [] : [`starts at ${listed(startTimes, 'or')}`]),
  ];
  return `A reservation ${listed(words, 'and') || 'starts and ends at any minute'}`;
}

function quotaInWords(name: string, quota: Quota, nameOf: NameOf): string {
  const { measure, period, groupId, over, limit } = quota;
  const amount = measure === 'MINUTES' ? lengthInWords(limit) : `${limit} reservations`;
  const whose = groupId === null ? 'for each person' : `for all members of ${nameOf(groupId)} together`;
  const where = over === 'RESOURCE' ? ', on each resource by itself' : '';
  return `${name}: at most ${amount} ${PERIOD[period]} ${whose}${where}`;
}

const people = (role: string): string => `${role.toLowerCase()}s`;

function accessInWords({ roles, groupIds, trainingIds }: Access, nameOf: NameOf): string {
  const admitted = [
    ...(roles ?? []).map(people),
    ...(groupIds ?? []).map((id) => `members of ${nameOf(id)}`),
  ];
  const trained = trainingIds.length > 0 ? `, with ${listed(trainingIds.map(nameOf), 'and')}` : '';
  return `For ${listed(admitted, 'and') || 'everybody'}${trained}`;
}

const counted = (count: number, one: string, more: string): string =>
  count === 1 ? one : `${count} ${more}`;

function approversInWords({ userIds, groupIds, managers }: Approvers, nameOf: NameOf): string {
  const named = [
    ...(userIds.length > 0 ? [counted(userIds.length, 'a named person', 'named people')] : []),
    ...groupIds.map((id) => `members of ${nameOf(id)}`),
    ...(managers ? ['who manages the resource'] : []),
  ];
  return listed(named, 'or');
}

function approvalInWords(name: string, approval: Approval, nameOf: NameOf): string {
  const { overMinutes, outsideHours, steps, deadlineMinutes } = approval;
  const which = [
    ...(overMinutes === null ? [] : [`over ${lengthInWords(overMinutes)}`]),
    ...(outsideHours ? ['outside opening hours'] : []),
  ];
  const what = which.length > 0 ? `reservations ${listed(which, 'or')}` : 'every reservation';
  const who = steps.map((step) => approversInWords(step, nameOf)).join(', then by ');
  return `${name}: ${what} must be approved by ${who}, within ${lengthInWords(deadlineMinutes)}`;
}

function checkInInWords({ opensMinutes, graceMinutes, strikes }: CheckIn): string {
  const from = opensMinutes === 0 ? 'the start' : `${lengthInWords(opensMinutes)} before the start`;
  const ends =
    strikes === null ? '' : `; a series ends after ${counted(strikes, '1 date', 'dates in a row')} without`;
  return `Check in from ${from} on; free again ${lengthInWords(graceMinutes)} after it without${ends}`;
}

function settingsInWords(rule: Rule, nameOf: NameOf): string {
  const { kind, settings } = rule;
  if (settings === null) return 'ended here: the next farther rule counts';
  const words: Record<Rule['kind'], () => string> = {
    OPENING_HOURS: () => hoursInWords(settings as OpeningHours),
    BUFFERS: () => buffersInWords(settings as Buffers),
    NOTICE: () => noticeInWords(settings as Notice),
    LENGTH: () => lengthsInWords(settings as LengthLimits),
    GRID: () => gridInWords(settings as Grid),
    QUOTA: () => quotaInWords(rule.name, settings as Quota, nameOf),
    ACCESS: () => accessInWords(settings as Access, nameOf),
    APPROVAL: () => approvalInWords(rule.name, settings as Approval, nameOf),
    CHECK_IN: () => checkInInWords(settings as CheckIn),
  };
  return words[kind]();
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** The rule as sentences for people: `Open Mon–Fri 08:00–18:00; closed 24–26 Dec 2026: Christmas.` */
export function summaryOf(rule: Rule, nameOf: NameOf): string {
  const { effectiveFrom, exemptRoles } = rule;
  const what = `${capital(settingsInWords(rule, nameOf))}.`;
  return [
    what,
    ...(effectiveFrom === null ? [] : [`From ${dateInWords(effectiveFrom, WHOLE_DATE)} on.`]),
    ...(exemptRoles.length === 0 ? [] : [`Does not bind ${listed(exemptRoles.map(people), 'and')}.`]),
  ].join(' ');
}
