import type { PersonFacts } from '../../sql/people/read-people.js';
import type { Role } from '../act.js';
import type { Access } from '../schedules/rule.js';
import type { Window } from '../time/window.js';
import { binding, type Case } from './case.js';
import { type Reason, reason } from './reason.js';

/** Where no rule says who may reserve: everybody but guests, for whom managers may do it. */
const USUAL: Access = { roles: ['ADMINISTRATOR', 'MANAGER', 'MEMBER'], groupIds: null, trainingIds: [] };
const USUALLY_EXEMPT: readonly Role[] = ['ADMINISTRATOR', 'MANAGER'];

function isAdmitted(access: Access, person: PersonFacts): boolean {
  const { roles, groupIds } = access;
  if (roles === null && groupIds === null) return true;
  const byGroup = groupIds?.some((id) => person.groupIds.includes(id)) ?? false;
  return byGroup || (roles?.includes(person.role) ?? false);
}

/** Up to which instant (ms since 1970) the person has the training; -Infinity: not at all. */
const trainedUntil = (person: PersonFacts, id: string): number =>
  Math.max(
    ...person.trainings
      .filter(({ trainingId }) => trainingId === id)
      .map(({ validUntil }) => (validUntil === null ? Number.POSITIVE_INFINITY : Date.parse(validUntil))),
  );

/** Which trainings are missing or do not last to the end of the window. */
const lacking = (access: Access, person: PersonFacts, window: Window): string[] =>
  access.trainingIds.filter((id) => trainedUntil(person, id) < window.endsAt.getTime());

/** The usual rule, for who is bound by it. */
const isUsual = (owner: PersonFacts, actorRole: Role): boolean =>
  isAdmitted(USUAL, owner) || USUALLY_EXEMPT.includes(actorRole);

const GUESTS_CANNOT = 'Guests cannot reserve; ask a member to do it for you.';

/** Up to which instant (ms since 1970) a window may last, and why not longer; null: any. */
export function admittedUntil({
  rules,
  actorRole,
  owner,
}: Pick<Case, 'rules' | 'actorRole' | 'owner'>): { readonly until: number; readonly message: string } | null {
  const never = Number.NEGATIVE_INFINITY;
  if (!rules.access) return isUsual(owner, actorRole) ? null : { until: never, message: GUESTS_CANNOT };
  const settings = binding(rules.access, actorRole)?.settings;
  if (!settings) return null;
  if (!isAdmitted(settings, owner)) return { until: never, message: 'This is for other people.' };
  const until = Math.min(...settings.trainingIds.map((id) => trainedUntil(owner, id)));
  return until === Number.POSITIVE_INFINITY
    ? null
    : { until, message: 'This asks for training that is missing or has ended by then.' };
}

/** Who may reserve: by role or group, and with every training valid to the end of the window. */
export function judgeAccess({ of, rules, actorRole, owner, window }: Case): Reason[] {
  if (!rules.access) {
    if (isUsual(owner, actorRole)) return [];
    return [reason('NOT_PERMITTED', GUESTS_CANNOT, { resourceId: of.id })];
  }
  const rule = binding(rules.access, actorRole);
  if (!rule) return [];
  const admitted = isAdmitted(rule.settings, owner);
  const missing = lacking(rule.settings, owner, window).length;
  const sentences = [
    ...(admitted ? [] : [`${of.name} is for other people`]),
    ...(missing > 0 ? [`${of.name} asks for training that is missing or ends too early`] : []),
  ];
  if (sentences.length === 0) return [];
  return [reason('NOT_PERMITTED', `${sentences.join('; ')}.`, { resourceId: of.id, rule })];
}

/** Whether who the person is beyond their role matters to the rule. */
export const asksForPerson = (access: Access | null): boolean =>
  access !== null && (access.groupIds !== null || access.trainingIds.length > 0);
