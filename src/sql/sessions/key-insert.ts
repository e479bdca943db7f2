import { type Queryable, statement } from '../statement.js';
import { KEY_COLUMNS, type SigningKeyRow } from './key-list.js';

export interface NewKey {
  readonly kid: string;
  readonly publicJwk: object;
  readonly sealed: Buffer;
  readonly signsSeconds: number;
  /** How long after its last signature the key still verifies. */
  readonly verifiesSeconds: number;
}

const INSERT = statement<SigningKeyRow>(
  'key-insert',
  `insert into signing_key (kid, algorithm, public_jwk, private_jwk_sealed, created_at, signs_until, verifies_until)
   select $2, 'EdDSA', $3::jsonb, $4, m.at, m.at + make_interval(secs => $5::float8),
     m.at + make_interval(secs => $5::float8 + $6::float8)
   from (select coalesce($1::timestamptz, statement_timestamp()) as at) m
   returning ${KEY_COLUMNS}`,
);

const RETIRE = statement<{ kid: string }>(
  'key-retire',
  `update signing_key k
   set signs_until = least(k.signs_until, m.at + make_interval(secs => $3::float8)),
     verifies_until = least(k.verifies_until, m.at + make_interval(secs => $3::float8 + $4::float8))
   from (select coalesce($1::timestamptz, statement_timestamp()) as at) m
   where k.kid <> $2 and k.verifies_until > m.at
   returning k.kid`,
);

/**
 * Lets all keys but one sign for so many seconds at most, and verify for so many beyond that; returns how many there
 * are.
 */
export const retireKeys = async (
  tx: Queryable,
  now: string | null,
  kid: string,
  signsSeconds: number,
  verifiesSeconds: number,
): Promise<number> => (await tx.query(RETIRE, [now, kid, signsSeconds, verifiesSeconds])).length;

/** Publishes a key: from now on every instance can verify with it. */
export async function insertKey(db: Queryable, now: string | null, key: NewKey): Promise<SigningKeyRow> {
  const values = [
    now,
    key.kid,
    JSON.stringify(key.publicJwk),
    key.sealed,
    key.signsSeconds,
    key.verifiesSeconds,
  ];
  const [row] = await db.query(INSERT, values);
  if (!row) throw new Error('the new signing key came back empty');
  return row;
}
