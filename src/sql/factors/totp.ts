import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** An authenticator app; the secret is sealed and bound to the id. */
export interface TotpRow {
  readonly id: string;
  readonly sealed: Buffer;
}

const BEGIN = statement<never>(
  'totp-begin',
  `insert into totp (id, user_id, secret_sealed, created_at) values ($2, $3, $4, ${NOW})`,
);

const ABANDON = statement<never>(
  'totp-abandon',
  'delete from totp where user_id = $1 and confirmed_at is null',
);

const BEGUN = statement<TotpRow>(
  'totp-begun',
  `select id, secret_sealed as sealed from totp
   where user_id = $2 and confirmed_at is null and created_at > ${NOW} - $3 * interval '1 s'`,
);

const CONFIRMED = statement<TotpRow>(
  'totp-confirmed',
  `select id, secret_sealed as sealed from totp where user_id = $1 and confirmed_at is not null`,
);

const CONFIRM = statement<never>(
  'totp-confirm',
  `update totp set confirmed_at = ${NOW}, last_step = $3 where id = $2`,
);

const REMOVE = statement<{ id: string }>(
  'totp-remove',
  'delete from totp where user_id = $1 and confirmed_at is not null returning id',
);

/** The row lock lets one of two who come with the same code find the step taken. */
const TAKE_STEP = statement<{ id: string }>(
  'totp-take-step',
  'update totp set last_step = $2 where id = $1 and last_step < $2 returning id',
);

/** Keeps a new app that is to be confirmed, in place of another such; the person must be locked. */
export async function beginTotp(
  tx: Queryable,
  now: string | null,
  userId: string,
  { id, sealed }: TotpRow,
): Promise<void> {
  await tx.query(ABANDON, [userId]);
  await tx.query(BEGIN, [now, id, userId, sealed]);
}

/** The person's app that is to be confirmed, unless it was begun longer ago than that. */
export const begunTotp = async (
  tx: Queryable,
  now: string | null,
  userId: string,
  withinSeconds: number,
): Promise<TotpRow | null> => (await tx.query(BEGUN, [now, userId, withinSeconds]))[0] ?? null;

/** The person's app that counts. */
export const confirmedTotp = async (tx: Queryable, userId: string): Promise<TotpRow | null> =>
  (await tx.query(CONFIRMED, [userId]))[0] ?? null;

/** Lets the app count from now on, in place of the one before; the code of that step is spent. */
export async function confirmTotp(
  tx: Queryable,
  now: string | null,
  userId: string,
  id: string,
  step: number,
): Promise<void> {
  await removeTotp(tx, userId);
  await tx.query(CONFIRM, [now, id, step]);
}

/** Removes the person's app that counts; false where there is none. */
export const removeTotp = async (tx: Queryable, userId: string): Promise<boolean> =>
  (await tx.query(REMOVE, [userId])).length > 0;

/** Spends the codes of that time step and of those before; false where they are spent. */
export const takeStep = async (tx: Queryable, id: string, step: number): Promise<boolean> =>
  (await tx.query(TAKE_STEP, [id, step])).length > 0;
