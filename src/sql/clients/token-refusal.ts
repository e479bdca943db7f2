import { type Queryable, statement } from '../statement.js';

const REFUSAL = statement<{ isItsSecret: boolean }>(
  'token-refusal',
  `select exists (select from api_secret k where k.hash = $2 and k.client_id = c.id) as "isItsSecret"
   from api_client c where c.id = $1`,
);

/**
 * Why the secret with this hash (null: what is none by its shape) is worth no token of the client: there is no such
 * client, it is no secret of it, or the one or the other has ended.
 */
export async function tokenRefusal(
  on: Queryable,
  clientId: string,
  hash: Buffer | null,
): Promise<'UNKNOWN_CLIENT' | 'WRONG_SECRET' | 'ENDED'> {
  const [client] = await on.query(REFUSAL, [clientId, hash]);
  if (!client) return 'UNKNOWN_CLIENT';
  return client.isItsSecret ? 'ENDED' : 'WRONG_SECRET';
}
