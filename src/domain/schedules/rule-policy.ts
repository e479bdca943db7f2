import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { Role } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { ROLES } from '../roles.js';
import { checkText } from '../text.js';
import { checkAccess } from './check-access.js';
import { checkApproval } from './check-approval.js';
import { checkCheckIn } from './check-check-in.js';
import { checkOpeningHours, isDate } from './check-opening-hours.js';
import { checkQuota } from './check-quota.js';
import { checkBuffers, checkGrid, checkLength, checkNotice } from './check-times.js';
import { NAMED_KINDS, type RuleKind, type RuleSettings } from './rule.js';

const MOST_NAME = 100;
/** As for windows: outside these years no date can be meant. */
const [EARLIEST, LATEST] = ['1970-01-01', '9000-01-01'];

/** Kind and settings of a rule together; settings null end it. */
export type RuleContent = {
  [Kind in RuleKind]: { readonly kind: Kind; readonly settings: RuleSettings[Kind] | null };
}[RuleKind];

/** The field of the input that gives the settings of each kind. */
export const SETTINGS_FIELD: Readonly<Record<RuleKind, string>> = {
  OPENING_HOURS: 'openingHours',
  BUFFERS: 'buffers',
  NOTICE: 'notice',
  LENGTH: 'length',
  GRID: 'grid',
  QUOTA: 'quota',
  ACCESS: 'access',
  APPROVAL: 'approval',
  CHECK_IN: 'checkIn',
};

const CHECKS: {
  readonly [Kind in RuleKind]: (settings: RuleSettings[Kind], path: readonly string[]) => InvalidInput | null;
} = {
  OPENING_HOURS: checkOpeningHours,
  BUFFERS: checkBuffers,
  NOTICE: checkNotice,
  LENGTH: checkLength,
  GRID: checkGrid,
  QUOTA: checkQuota,
  ACCESS: checkAccess,
  APPROVAL: checkApproval,
  CHECK_IN: checkCheckIn,
};

/** What people choose of a rule, but for its settings. */
interface RuleFields {
  readonly scope: RuleScope;
  readonly name: string;
  readonly effectiveFrom: string | null;
  readonly exemptRoles: readonly Role[];
}

/** The rule as it is kept: names without blanks around, each role once and in order. */
export const settleRule = <Fields extends RuleFields>(rule: Fields): Fields => ({
  ...rule,
  name: rule.name.trim(),
  exemptRoles: ROLES.filter((role) => rule.exemptRoles.includes(role)),
});

/** A date of the calendar that can be meant. */
const isMeant = (date: string): boolean => isDate(date) && date >= EARLIEST && date < LATEST;

function checkName(kind: RuleKind, name: string): InvalidInput | null {
  if (NAMED_KINDS.includes(kind)) return checkText(name, ['input', 'name'], 1, MOST_NAME);
  return name === ''
    ? null
    : invalidInput(['input', 'name'], 'Only quotas and approvals have names: they stand side by side.');
}

/** Null says that everything about the rule alone is fine; what it names is looked up by checkNames. */
export function checkRule(rule: RuleFields & RuleContent): InvalidInput | null {
  const { scope, kind, name, effectiveFrom, settings } = rule;
  if ([scope.resourceId, scope.typeId, scope.placeId].filter((id) => id !== null).length > 1) {
    const message = 'Name a resource, a type or a place, or none of them for the organisation.';
    return invalidInput(['input', 'scope'], message);
  }
  if (effectiveFrom !== null && !isMeant(effectiveFrom)) {
    return invalidInput(
      ['input', 'effectiveFrom'],
      'This is a date between 1970 and 9000, such as 2027-03-01.',
    );
  }
  const invalid = checkName(kind, name);
  if (invalid || settings === null) return invalid;
  const check = CHECKS[kind] as (settings: object, path: readonly string[]) => InvalidInput | null;
  return check(settings, ['input', SETTINGS_FIELD[kind]]);
}
