import type { Role } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { ROLES } from '../roles.js';
import type { Access } from './rule.js';

const MOST_GROUPS = 50;
const MOST_TRAININGS = 20;

/** A list of up to that many different things. */
function checkList(list: readonly string[], path: readonly string[], most: number): InvalidInput | null {
  if (list.length > most) return invalidInput(path, `Name at most ${most}.`);
  return new Set(list).size < list.length ? invalidInput(path, 'Name each once.') : null;
}

/** Known roles, up to 50 groups and 20 trainings; a list that is there names somebody. */
export function checkAccess(
  { roles, groupIds, trainingIds }: Access,
  path: readonly string[],
): InvalidInput | null {
  const empty = 'Name at least one, or leave the list out.';
  if (roles?.length === 0) return invalidInput([...path, 'roles'], empty);
  if (groupIds?.length === 0) return invalidInput([...path, 'groupIds'], empty);
  if (roles?.some((role: Role) => !ROLES.includes(role))) {
    return invalidInput([...path, 'roles'], 'There is no such role.');
  }
  return (
    checkList(roles ?? [], [...path, 'roles'], ROLES.length) ??
    checkList(groupIds ?? [], [...path, 'groupIds'], MOST_GROUPS) ??
    checkList(trainingIds, [...path, 'trainingIds'], MOST_TRAININGS)
  );
}
