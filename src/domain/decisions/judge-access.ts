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

/** Which trainings are missing or do not last to the end of the window. */
const lacking = (access: Access, person: PersonFacts, window: Window): string[] =>
  access.trainingIds.filter(
    (id) =>
      !person.trainings.some(
        ({ trainingId, validUntil }) =>
          trainingId === id && (validUntil === null || Date.parse(validUntil) >= window.endsAt.getTime()),
      ),
  );

/** Who may reserve: by role or group, and with every training valid to the end of the window. */
export function judgeAccess({ of, rules, actorRole, owner, window }: Case): Reason[] {
  if (!rules.access) {
    return isAdmitted(USUAL, owner) || USUALLY_EXEMPT.includes(actorRole)
      ? []
      : [
          reason('NOT_PERMITTED', 'Guests cannot reserve; ask a member to do it for you.', {
            resourceId: of.id,
          }),
        ];
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
