import { registerEnumType } from 'type-graphql';
import type {
  RuleKind as Kind,
  QuotaMeasure as Measure,
  QuotaPeriod as Period,
  Quota,
} from '../../domain/schedules/rule.js';

export const RuleKind = {
  OPENING_HOURS: 'OPENING_HOURS',
  BUFFERS: 'BUFFERS',
  NOTICE: 'NOTICE',
  LENGTH: 'LENGTH',
  GRID: 'GRID',
  QUOTA: 'QUOTA',
  ACCESS: 'ACCESS',
  APPROVAL: 'APPROVAL',
  CHECK_IN: 'CHECK_IN',
} as const satisfies { [Each in Kind]: Each };
registerEnumType(RuleKind, {
  name: 'RuleKind',
  description:
    'What a rule is about. Of each kind the nearest one counts; of quotas and approvals, of each name.',
  valuesConfig: {
    OPENING_HOURS: { description: 'When it is open.' },
    BUFFERS: { description: 'What is kept free around reservations; frozen when they are made.' },
    NOTICE: { description: 'How early and how late one reserves, and until when one cancels.' },
    LENGTH: { description: 'How short and how long reservations are.' },
    GRID: { description: 'At which times of the clock they start and end.' },
    QUOTA: { description: 'How much a person or a group reserves.' },
    ACCESS: { description: 'Who reserves at all.' },
    APPROVAL: { description: 'What somebody must approve before it counts.' },
    CHECK_IN: { description: 'That one says to be there, or loses it; frozen when it is made or moved.' },
  },
});

export const QuotaMeasure = { COUNT: 'COUNT', MINUTES: 'MINUTES' } as const satisfies {
  [Each in Measure]: Each;
};
registerEnumType(QuotaMeasure, {
  name: 'QuotaMeasure',
  description: 'What a quota counts. Each reserved resource counts for itself.',
  valuesConfig: {
    COUNT: { description: 'Reservations, in the period in which they start.' },
    MINUTES: { description: 'Their minutes, in the periods in which they lie.' },
  },
});

export const QuotaPeriod = {
  DAY: 'DAY',
  ISO_WEEK: 'ISO_WEEK',
  MONTH: 'MONTH',
  CONCURRENT: 'CONCURRENT',
} as const satisfies { [Each in Period]: Each };
registerEnumType(QuotaPeriod, {
  name: 'QuotaPeriod',
  description: "Over what a quota counts, by the calendar of the resource's zone.",
  valuesConfig: {
    DAY: { description: 'From midnight to midnight.' },
    ISO_WEEK: { description: 'From Monday to Sunday.' },
    MONTH: { description: 'From the first of a month to its last day.' },
    CONCURRENT: { description: 'At any one instant; goes with COUNT only.' },
  },
});

export const QuotaSpread = { SCOPE: 'SCOPE', RESOURCE: 'RESOURCE' } as const satisfies {
  [Each in Quota['over']]: Each;
};
registerEnumType(QuotaSpread, {
  name: 'QuotaSpread',
  description: 'Over which resources a quota counts together.',
  valuesConfig: {
    SCOPE: { description: 'Over all resources for which the rule is made.' },
    RESOURCE: { description: 'Over each of them by itself.' },
  },
});

/** In the order of ISO weekdays: the first is 1. */
export const WEEKDAYS = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const;
export type Day = (typeof WEEKDAYS)[number];
export const Weekday = Object.fromEntries(WEEKDAYS.map((day) => [day, day])) as { [Each in Day]: Each };
registerEnumType(Weekday, {
  name: 'Weekday',
  description: 'A day of the week; weeks begin on Monday, as ISO 8601 has it.',
  valuesConfig: {
    MONDAY: { description: 'The first day of the week.' },
    TUESDAY: { description: 'The second day.' },
    WEDNESDAY: { description: 'The third day.' },
    THURSDAY: { description: 'The fourth day.' },
    FRIDAY: { description: 'The fifth day.' },
    SATURDAY: { description: 'The sixth day.' },
    SUNDAY: { description: 'The last day of the week.' },
  },
});
