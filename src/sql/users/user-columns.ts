import type { Role } from '../../domain/act.js';
import { partOf } from '../part-of-row.js';

/** The languages in which people are told of things. */
export type Language = 'EN' | 'DE' | 'FR' | 'ES';

/** A person as every reader shows one. Never the password. */
export interface UserRow {
  readonly node: 'User';
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
  readonly timeZone: string;
  readonly language: Language;
  readonly createdAt: string;
  readonly version: number;
}

const COLUMNS = {
  id: 'id',
  email: 'email',
  name: 'name',
  role: 'role',
  isActive: 'active',
  timeZone: 'time_zone',
  language: 'language',
  createdAt: 'created_at',
  version: 'version',
} as const satisfies Record<Exclude<keyof UserRow, 'node'>, string>;

export type UserKey = keyof typeof COLUMNS;
export const USER_KEYS = Object.keys(COLUMNS) as readonly UserKey[];

/** The columns of a UserRow among those of a wider row, each with the prefix before its name; see userFrom. */
export const userPrefixed = (alias: string, prefix: string, keys = USER_KEYS): string =>
  keys.map((key) => `${alias}.${COLUMNS[key]} as "${prefix}${key}"`).join(', ');

/** The columns of a UserRow, read from `app_user` under this alias. */
export const userColumns = (alias: string): string => `'User' as node, ${userPrefixed(alias, '')}`;

/** The person among the columns of a wider row; with fewer keys it has only those. */
export const userFrom = partOf<UserRow, UserKey>('User');
