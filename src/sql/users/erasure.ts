import { type Queryable, statement } from '../statement.js';

const ERASED = statement<{ found: number }>(
  'user-erased',
  'select 1 as found from erasure where user_id = $1',
);
const HASHED = statement<{ found: number }>(
  'user-erased-external',
  `select 1 as found from erasure where external_hash = sha256(convert_to($1, 'UTF8'))`,
);
const BARRED = statement<{ found: number }>(
  'user-erased-identity',
  'select 1 as found from erased_identity where hash = identity_hash($1, $2)',
);

/** Whether this person was erased: what is left is a pseudonym, which nobody becomes again. */
export const isErased = async (on: Queryable, id: string): Promise<boolean> =>
  (await on.query(ERASED, [id])).length > 0;

/** Whether the directory's person of this id was erased here. */
export const isErasedExternal = async (on: Queryable, externalId: string): Promise<boolean> =>
  (await on.query(HASHED, [externalId])).length > 0;

/** Whether the provider's person of this subject was erased here. */
export const isErasedIdentity = async (on: Queryable, issuer: string, subject: string): Promise<boolean> =>
  (await on.query(BARRED, [issuer, subject])).length > 0;
