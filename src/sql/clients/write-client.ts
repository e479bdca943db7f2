import type { Role } from '../../domain/act.js';
import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';
import { type ClientRow, clientJson } from './client-row.js';

/** What people decide of a client. */
export interface ClientFields {
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
  readonly ownerId: string;
  readonly scopes: readonly string[];
  readonly persistedOnly: boolean;
  readonly perMinute: number;
  readonly perDay: number | null;
  /** RFC 3339. */
  readonly expiresAt: string | null;
}

const valuesOf = (fields: ClientFields) => [
  fields.name,
  fields.role,
  fields.isActive,
  fields.ownerId,
  fields.scopes,
  fields.persistedOnly,
  fields.perMinute,
  fields.perDay,
  fields.expiresAt,
];

/** The address is one that nobody can have (RFC 2606), so nobody signs in by it and no directory knows it. */
const INSERT = statement<{ row: ClientRow }>(
  'client-insert',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
   ), account as (
     insert into app_user (id, email, name, role, active, created_at)
     select $2::uuid, 'api-' || replace($2::uuid::text, '-', '') || '@clients.invalid', $3, $4, $5, now from clock returning *
   ), made as (
     insert into api_client (id, owner_id, scopes, persisted_only, per_minute, per_day, expires_at, creator_id, created_at)
     select $2, $6, $7, $8, $9, $10, $11, $12, now from clock returning *
   )
   select ${clientJson('c', 'u')} as row from made c join account u on true`,
);

/** Adds one with its account. */
export async function insertClient(
  tx: Queryable,
  now: string | null,
  client: ClientFields & { readonly id: string; readonly creatorId: string },
): Promise<ClientRow> {
  const [made] = await tx.query(INSERT, [now, client.id, ...valuesOf(client), client.creatorId]);
  return (made as { row: ClientRow }).row;
}

const UPDATE = statement<{ row: ClientRow }>(
  'client-update',
  `with account as (
     update app_user set name = $2, role = $3, active = $4, version = version + 1 where id = $1 returning *
   ), changed as (
     update api_client set owner_id = $5, scopes = $6, persisted_only = $7, per_minute = $8, per_day = $9,
       expires_at = $10, version = version + 1
     where id = $1 returning *
   )
   select ${clientJson('c', 'u')} as row from changed c join account u on true`,
);

/** Describes one anew. */
export async function updateClient(tx: Queryable, id: string, fields: ClientFields): Promise<ClientRow> {
  const [changed] = await tx.query(UPDATE, [id, ...valuesOf(fields)]);
  return (changed as { row: ClientRow }).row;
}
