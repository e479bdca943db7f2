import { type Queryable, statement } from '../statement.js';

export interface SigningKeyRow {
  readonly kid: string;
  readonly publicJwk: Readonly<Record<string, unknown>>;
  readonly sealed: Buffer;
  readonly createdAtMs: number;
  readonly signsUntilMs: number;
  readonly verifiesUntilMs: number;
}

/** The columns of a SigningKeyRow. */
export const KEY_COLUMNS = `kid, public_jwk as "publicJwk", private_jwk_sealed as sealed,
  (extract(epoch from created_at) * 1000)::float8 as "createdAtMs",
  (extract(epoch from signs_until) * 1000)::float8 as "signsUntilMs",
  (extract(epoch from verifies_until) * 1000)::float8 as "verifiesUntilMs"`;

const LIST = statement<SigningKeyRow>(
  'key-list',
  `select ${KEY_COLUMNS} from signing_key
   where verifies_until > coalesce($1::timestamptz, statement_timestamp())
   order by created_at desc, kid`,
);

/** The keys that still verify, newest first. */
export const signingKeys = (db: Queryable, now: string | null): Promise<SigningKeyRow[]> =>
  db.query(LIST, [now]);
