import type { Directory, DirectoryGroup } from '../../ports/directory.js';
import type { Role } from '../act.js';

/** Who is in this group of the directory (its name or distinguished name) has this role. */
export interface RoleGroup {
  readonly group: string;
  readonly role: Role;
}

export interface DirectorySignIn {
  readonly directory: Directory;
  /** Empty leaves roles to the administrators here. */
  readonly roleGroups: readonly RoleGroup[];
  /** Of those whom no group gives a role. */
  readonly defaultRole: Role;
}

const HIGHEST_FIRST: readonly Role[] = ['ADMINISTRATOR', 'MANAGER', 'MEMBER', 'GUEST'];

/** Directories compare names without case, and distinguished names without the spaces around their parts. */
const folded = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/\s*([,=])\s*/g, '$1');

/** The highest role that the groups give, or null where none of them gives one. */
export function roleOf(groups: readonly DirectoryGroup[], roleGroups: readonly RoleGroup[]): Role | null {
  const names = new Set(groups.flatMap(({ dn, name }) => [folded(dn), folded(name)]));
  const given = roleGroups.filter(({ group }) => names.has(folded(group))).map(({ role }) => role);
  return HIGHEST_FIRST.find((role) => given.includes(role)) ?? null;
}
