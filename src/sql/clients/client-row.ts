import type { Role } from '../../domain/act.js';

/** A program with an account of its own: bare uuids, instants as JSON text in UTC. Never a secret. */
export interface ClientRow {
  readonly node: 'ApiClient';
  /** The account's as well. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
  readonly ownerId: string;
  readonly scopes: readonly string[];
  readonly persistedOnly: boolean;
  readonly perMinute: number;
  readonly perDay: number | null;
  readonly expiresAt: string | null;
  readonly creatorId: string;
  readonly version: number;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  readonly lastAddress: string | null;
}

/** SQL that prints client `c` with its account `u` as a ClientRow. */
export const clientJson = (c: string, u: string): string => `json_build_object(
  'node', 'ApiClient', 'id', ${c}.id, 'name', ${u}.name, 'role', ${u}.role, 'isActive', ${u}.active,
  'ownerId', ${c}.owner_id, 'scopes', ${c}.scopes, 'persistedOnly', ${c}.persisted_only,
  'perMinute', ${c}.per_minute, 'perDay', ${c}.per_day, 'expiresAt', ${c}.expires_at, 'creatorId', ${c}.creator_id,
  'version', ${c}.version, 'createdAt', ${c}.created_at, 'lastUsedAt', ${c}.last_used_at,
  'lastAddress', ${c}.last_address)`;

/** One secret of a client without the secret: it counts between these instants. */
export interface SecretRow {
  readonly node: 'ApiSecret';
  readonly id: string;
  readonly clientId: string;
  readonly createdAt: string;
  /** Null: as long as nobody ends it. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

/** SQL that prints secret `k` with its session `s` as a SecretRow. */
export const secretJson = (k: string, s: string): string => `json_build_object(
  'node', 'ApiSecret', 'id', ${k}.id, 'clientId', ${k}.client_id, 'createdAt', ${s}.created_at,
  'expiresAt', nullif(${s}.expires_at, 'infinity'), 'revokedAt', ${s}.revoked_at,
  'lastUsedAt', case when ${s}.last_used_at > ${s}.created_at then ${s}.last_used_at end)`;
