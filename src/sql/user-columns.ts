import type { Role } from '../domain/act.js';

/** A person as every reader shows one. Never the password. */
export interface UserRow {
  readonly node: 'User';
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
  readonly timeZone: string;
  readonly createdAt: string;
  readonly version: number;
}

/** The columns of a UserRow, read from `app_user` under this alias. */
export const userColumns = (alias: string): string =>
  `'User' as node, ${alias}.id, ${alias}.email, ${alias}.name, ${alias}.role, ${alias}.active as "isActive", ` +
  `${alias}.time_zone as "timeZone", ${alias}.created_at as "createdAt", ${alias}.version`;
