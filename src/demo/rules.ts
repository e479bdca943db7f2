import { newId } from '../domain/ids.js';
import type { OpeningHours } from '../domain/schedules/opening-hours.js';
import type { Approval, CheckIn } from '../domain/schedules/rule.js';
import type { RuleContent } from '../domain/schedules/rule-policy.js';
import { CLEANING_MINUTES, type DemoResource } from './resources.js';
import type { DemoTypes } from './types.js';

export type DemoRule = RuleContent & {
  readonly id: string;
  readonly name: string;
  readonly resource_id: string | null;
  readonly type_id: string | null;
  readonly place_id: string | null;
  readonly exempt_roles: readonly string[];
};

/** The instrument that only the trained members of its group may reserve. */
export const RESTRICTED = 'Electron microscope';

/** How long one person may meet in a week: 20 h. */
export const MEETING_MINUTES = 1_200;

const WORKDAYS = [1, 2, 3, 4, 5];
const DAILY = [...WORKDAYS, 6, 7];
const MANAGERS = ['ADMINISTRATOR', 'MANAGER'];

const open = (days: readonly number[], opens: string, closes: string): OpeningHours => ({
  week: [{ days, spans: [{ opens, closes }] }],
  exceptions: [],
});

/** Somebody who looks after the car agrees to what takes it for more than a working day. */
const LONG_TRIPS: Approval = {
  overMinutes: 8 * 60,
  outsideHours: false,
  steps: [{ userIds: [], groupIds: [], managers: true }],
  deadlineMinutes: 2 * 24 * 60,
  remindMinutes: 24 * 60,
  escalateMinutes: null,
  escalation: null,
};

/** What nobody has come to after half an hour is for others. */
const ATTENDED: CheckIn = {
  opensMinutes: 30,
  graceMinutes: 30,
  strikes: 3,
  checkOut: true,
  extension: true,
  anonymous: false,
};

/** Christmas of this year, or of the next one where the fortnight of reservations touches it. */
function closedAtChristmas(hours: OpeningHours, now: Date): OpeningHours {
  const isNear = now.toISOString().slice(5, 10) >= '12-12';
  const year = now.getUTCFullYear() + (isNear ? 1 : 0);
  const christmas = { from: `${year}-12-24`, to: `${year}-12-26`, title: 'Christmas', spans: [] };
  return { ...hours, exceptions: [christmas] };
}

const HOUSE_RULES = {
  text: 'Wear gloves, log what you have imaged, and leave the chamber pumped down.',
  version: '1',
  eachTime: false,
} as const;

const waitTerms = (groupId: string) => ({
  offerMinutes: 120,
  mostOpen: 5,
  priorities: [{ roles: [], groupIds: [groupId], priority: 10 }],
});

type Where = Partial<Pick<DemoRule, 'name' | 'resource_id' | 'type_id' | 'place_id' | 'exempt_roles'>>;

const rule = (content: RuleContent, where: Where = {}): DemoRule => ({
  id: newId(),
  name: '',
  resource_id: null,
  type_id: null,
  place_id: null,
  exempt_roles: [],
  ...where,
  ...content,
});

/**
 * Rules at every level of the organisation: its own hours, what each type asks for, the laboratory's longer day, and
 * one instrument that is not for everybody.
 */
export function demoRules(
  types: DemoTypes,
  resources: readonly DemoResource[],
  groupId: string,
  trainingId: string,
  now: Date,
): DemoRule[] {
  const { room, vehicle, instrument } = types;
  const laboratory = resources.find(({ type_id }) => type_id === instrument.id)?.place_id ?? null;
  const microscopes = resources.filter(({ name }) => name === RESTRICTED);
  const notice = { leastMinutes: 60, horizonDays: 90, cancelMinutes: 120 };
  const share = {
    measure: 'MINUTES',
    period: 'ISO_WEEK',
    groupId: null,
    over: 'SCOPE',
    limit: 1_200,
  } as const;
  const access = { roles: null, groupIds: [groupId], trainingIds: [trainingId] };
  return [
    rule({ kind: 'OPENING_HOURS', settings: closedAtChristmas(open(WORKDAYS, '07:00', '20:00'), now) }),
    rule(
      { kind: 'OPENING_HOURS', settings: open([...WORKDAYS, 6], '06:00', '22:00') },
      { place_id: laboratory },
    ),
    rule({ kind: 'OPENING_HOURS', settings: open(DAILY, '00:00', '24:00') }, { type_id: vehicle.id }),
    rule(
      { kind: 'BUFFERS', settings: { setupMinutes: 0, teardownMinutes: CLEANING_MINUTES } },
      { type_id: instrument.id },
    ),
    rule({ kind: 'NOTICE', settings: notice }, { type_id: vehicle.id, exempt_roles: MANAGERS }),
    rule(
      { kind: 'LENGTH', settings: { leastMinutes: 15, mostMinutes: 480 } },
      { type_id: room.id, exempt_roles: MANAGERS },
    ),
    rule({ kind: 'GRID', settings: { stepMinutes: 15, startTimes: null } }, { type_id: room.id }),
    rule(
      { kind: 'QUOTA', settings: share },
      { name: 'Meeting hours', type_id: room.id, exempt_roles: MANAGERS },
    ),
    rule(
      { kind: 'APPROVAL', settings: LONG_TRIPS },
      { name: 'Long trips', type_id: vehicle.id, exempt_roles: MANAGERS },
    ),
    rule({ kind: 'CHECK_IN', settings: ATTENDED }, { type_id: instrument.id, exempt_roles: MANAGERS }),
    rule({ kind: 'WAITLIST', settings: waitTerms(groupId) }, { type_id: instrument.id }),
    ...microscopes.flatMap(({ id: resource_id }) => [
      rule({ kind: 'ACCESS', settings: access }, { resource_id }),
      rule({ kind: 'TERMS', settings: HOUSE_RULES }, { name: 'Laboratory rules', resource_id }),
    ]),
  ];
}
