import { type Queryable, statement } from '../statement.js';
import { type ClientRow, clientJson, type SecretRow, secretJson } from './client-row.js';

const BY_IDS = statement<{ row: ClientRow }>(
  'clients-by-ids',
  `select ${clientJson('c', 'u')} as row from api_client c join app_user u on u.id = c.id
   where c.id = any ($1::uuid[]) and ($2::uuid is null or $2 in (c.owner_id, c.id))`,
);

/**
 * The clients by id; those that do not exist are missing from the map.
 * @param of only those that this person owns, or that this account is; null for all
 */
export async function clientsByIds(
  on: Queryable,
  ids: readonly string[],
  of: string | null,
): Promise<Map<string, ClientRow>> {
  const rows = await on.query(BY_IDS, [ids, of]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}

/** Clients are few; so one plan serves every page. */
const PAGE = statement<{ row: ClientRow }>(
  'clients-page',
  `select ${clientJson('c', 'u')} as row from api_client c join app_user u on u.id = c.id
   where ($1::text is null or (u.name, u.id) > ($1, $2::uuid)) and ($3::uuid is null or $3 in (c.owner_id, c.id))
   order by u.name, u.id limit $4`,
);

/** Up to `limit` clients by name; `of` as above. */
export async function clientPage(
  on: Queryable,
  after: { readonly name: string; readonly id: string } | null,
  of: string | null,
  limit: number,
): Promise<ClientRow[]> {
  return (await on.query(PAGE, [after?.name ?? null, after?.id ?? null, of, limit])).map(({ row }) => row);
}

/** The account first, as everything does that changes one: see token-grant.ts. */
const LOCK = statement<{ row: ClientRow }>(
  'client-lock',
  `select ${clientJson('c', 'u')} as row from app_user u join api_client c on c.id = u.id
   where u.id = $1 and ($2::uuid is null or $2 in (c.owner_id, c.id)) for no key update of u for no key update of c`,
);

/** The client, kept as it is until the transaction ends; null where there is none, or none of theirs. */
export async function lockClient(tx: Queryable, id: string, of: string | null): Promise<ClientRow | null> {
  return (await tx.query(LOCK, [id, of]))[0]?.row ?? null;
}

const SECRETS = statement<{ row: SecretRow }>(
  'secrets-of-clients',
  `select ${secretJson('k', 's')} as row from api_secret k join session s on s.id = k.id
   where k.client_id = any ($1::uuid[]) order by k.id desc`,
);

/** The secrets of clients, the newest first, those that have ended lately included. */
export async function secretsOf(
  on: Queryable,
  clientIds: readonly string[],
): Promise<Map<string, SecretRow[]>> {
  const rows = await on.query(SECRETS, [clientIds]);
  return Map.groupBy(
    rows.map(({ row }) => row),
    ({ clientId }) => clientId,
  );
}

const SECRETS_BY_IDS = statement<{ row: SecretRow }>(
  'secrets-by-ids',
  `select ${secretJson('k', 's')} as row from api_secret k join session s on s.id = k.id
   join api_client c on c.id = k.client_id
   where k.id = any ($1::uuid[]) and ($2::uuid is null or $2 in (c.owner_id, c.id))`,
);

/** Secrets by id; `of` as above. */
export async function secretsByIds(
  on: Queryable,
  ids: readonly string[],
  of: string | null,
): Promise<Map<string, SecretRow>> {
  const rows = await on.query(SECRETS_BY_IDS, [ids, of]);
  return new Map(rows.map(({ row }) => [row.id, row]));
}
