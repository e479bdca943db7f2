import type { DirectoryPerson } from '../../ports/directory.js';
import type { LinkedRow } from '../../sql/directory/linked-people.js';
import { groupsByNames } from '../../sql/people/members.js';
import type { Queryable } from '../../sql/statement.js';
import { ROLES } from '../roles.js';
import { type DirectoryFacts, usableFacts } from '../users/directory-facts.js';
import { type DirectorySignIn, groupMatcher, roleOf } from './directory-rules.js';

/** The groups here that the configuration names, by name; those that are not here are missing. */
export async function decidedGroups(
  db: Queryable,
  { memberGroups }: Pick<DirectorySignIn, 'memberGroups'>,
): Promise<ReadonlyMap<string, string>> {
  if (memberGroups.length === 0) return new Map();
  const rows = await groupsByNames(
    db,
    memberGroups.map(({ name }) => name),
  );
  return new Map(rows.map(({ id, name }) => [name, id]));
}

/** What the directory decides about one of its people, by the configuration. */
export function factsFrom(
  person: DirectoryPerson,
  { roleGroups, defaultRole, memberGroups }: DirectorySignIn,
  decided: ReadonlyMap<string, string>,
): DirectoryFacts {
  const { externalId, groups, isDisabled } = person;
  const firstRole = roleOf(groups, roleGroups) ?? defaultRole;
  const names = memberGroups.filter((each) => groups.some(groupMatcher([each]))).map(({ name }) => name);
  return {
    externalId,
    ...usableFacts(person),
    isGone: isDisabled,
    firstRole,
    role: roleGroups.length > 0 ? firstRole : null,
    groups: { decided: [...decided.values()], wanted: names.flatMap((name) => decided.get(name) ?? []) },
  };
}

/** What a sync changes of a person. */
export type ChangeKind =
  | 'CREATED'
  | 'CLOSED'
  | 'REOPENED'
  | 'NAME'
  | 'ADDRESS'
  | 'ROLE_RAISED'
  | 'ROLE_LOWERED'
  | 'GROUPS_ADDED'
  | 'GROUPS_REMOVED';

/** What takes something away from people, and so must not befall many of them by mistake. */
const LOSSES: readonly ChangeKind[] = ['CLOSED', 'ROLE_LOWERED', 'GROUPS_REMOVED'];

/** Whether one of the changes takes something away. */
export const isLoss = (kinds: readonly ChangeKind[]): boolean => kinds.some((kind) => LOSSES.includes(kind));

const rank = (role: (typeof ROLES)[number]): number => -ROLES.indexOf(role);

/** What would change of somebody linked; nothing of whom the directory has no say about. */
export function changesOf(
  user: NonNullable<LinkedRow['user']>,
  facts: DirectoryFacts,
  isAddressTaken: boolean,
): ChangeKind[] {
  if (user.hasPassword || !(user.isActive || user.isClosedByDirectory)) return [];
  if (facts.isGone) return user.isActive ? ['CLOSED'] : [];
  const { email, name, groups } = facts;
  const role = facts.role ?? user.role;
  const isKnown = (id: string) => user.groupIds.includes(id);
  const kinds: [ChangeKind, boolean][] = [
    ['REOPENED', !user.isActive],
    ['NAME', name !== '' && name !== user.name],
    ['ADDRESS', email !== null && email !== user.email && !isAddressTaken],
    ['ROLE_RAISED', rank(role) > rank(user.role)],
    ['ROLE_LOWERED', rank(role) < rank(user.role)],
    ['GROUPS_ADDED', !groups.wanted.every(isKnown)],
    ['GROUPS_REMOVED', !user.groupIds.every((id) => groups.wanted.includes(id))],
  ];
  return kinds.filter(([, isSo]) => isSo).map(([kind]) => kind);
}
