import type { Directory, DirectoryGroup } from '../../ports/directory.js';
import type { Role } from '../act.js';

/** Who is in this group of the directory (its name or distinguished name) has this role. */
export interface RoleGroup {
  readonly group: string;
  readonly role: Role;
}

/** Who is in this group of the directory is in the group of this name here, and nobody else of the directory is. */
export interface MemberGroup {
  readonly group: string;
  readonly name: string;
}

export interface DirectorySignIn {
  readonly directory: Directory;
  /** Empty leaves roles to the administrators here. */
  readonly roleGroups: readonly RoleGroup[];
  /** Of those whom no group gives a role. */
  readonly defaultRole: Role;
  readonly memberGroups: readonly MemberGroup[];
}

const HIGHEST_FIRST: readonly Role[] = ['ADMINISTRATOR', 'MANAGER', 'MEMBER', 'GUEST'];

/** Directories compare names without case, and distinguished names without the spaces around their parts. */
const folded = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/\s*([,=])\s*/g, '$1');

/** Whether the configuration names this group of the directory, by its name or its distinguished name. */
export function groupMatcher(
  named: readonly { readonly group: string }[],
): (group: DirectoryGroup) => boolean {
  const names = new Set(named.map(({ group }) => folded(group)));
  return ({ dn, name }) => names.has(folded(dn)) || names.has(folded(name));
}

/** The highest role that the groups give, or null where none of them gives one. */
export function roleOf(groups: readonly DirectoryGroup[], roleGroups: readonly RoleGroup[]): Role | null {
  const given = roleGroups.filter((each) => groups.some(groupMatcher([each]))).map(({ role }) => role);
  return HIGHEST_FIRST.find((role) => given.includes(role)) ?? null;
}
