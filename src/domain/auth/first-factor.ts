import { type Account, accountByEmail, renewPasswordHash } from '../../sql/users/user-password.js';
import { MOST_PASSWORD } from '../users/password-policy.js';
import { checkEmail, normalEmail } from '../users/user-policy.js';
import type { AuthCtx } from './identity.js';
import { foldedLogin, proveByDirectory } from './sign-in-by-directory.js';

/**
 * Who has proved to be whom by a password. A session opens on it only while the account is open and has the password
 * that was judged: this hash, or none where the directory has judged.
 */
export interface Proof {
  readonly id: string;
  readonly passwordHash: string | null;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** One spelling of the account that is tried, so that guesses are counted together; empty for what cannot be one. */
export function accountNamed(ctx: AuthCtx, { email }: Credentials): string {
  if (ctx.identity.directory) return foldedLogin(email);
  const address = normalEmail(email);
  return checkEmail(address, []) === null ? address : '';
}

/**
 * Judges a password. An account with a password here is judged here, so that local administrators enter while the
 * directory is down; everybody else is the directory's, where there is one. An unknown address takes as long as a
 * wrong password, and so does a closed account.
 * @returns null for all who are refused
 * @throws Unavailable when the database is away, too many passwords wait to be hashed, or the directory does
 *   not answer within 5 s
 */
export async function proveFirstFactor(ctx: AuthCtx, input: Credentials): Promise<Proof | null> {
  const { email, password } = input;
  if (password === '' || password.length > MOST_PASSWORD) return null;
  const address = normalEmail(email);
  const account = checkEmail(address, []) === null ? await accountByEmail(ctx.db, address) : null;
  const proof = await judge(ctx, input, account);
  if (!proof) ctx.log.info({ userId: account?.id ?? null, address: ctx.address }, 'refused a sign-in');
  return proof;
}

async function judge(
  ctx: AuthCtx,
  { email, password }: Credentials,
  account: Account | null,
): Promise<Proof | null> {
  const { directory, hasher } = ctx.identity;
  const passwordHash = account?.passwordHash ?? null;
  const right = await hasher.verify(passwordHash, password);
  if (directory && passwordHash === null) {
    const id = await proveByDirectory(ctx, directory, { login: email, password });
    return id === null ? null : { id, passwordHash };
  }
  if (!right || !account?.isActive || passwordHash === null) return null;
  const { id } = account;
  return {
    id,
    passwordHash: hasher.isOutdated(passwordHash)
      ? await renewed(ctx, id, passwordHash, password)
      : passwordHash,
  };
}

/** The hash made anew with the effort of today; the old one where that does not work out at this moment. */
async function renewed(ctx: AuthCtx, id: string, hash: string, password: string): Promise<string> {
  try {
    const next = await ctx.identity.hasher.hash(password);
    return (await renewPasswordHash(ctx.db, id, next, hash)) ? next : hash;
  } catch (error) {
    ctx.log.warn({ err: error, userId: id }, 'a password could not be hashed anew');
    return hash;
  }
}
