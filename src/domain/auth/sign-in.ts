import type { Renewal } from '../../sql/sessions/session-open.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { type Account, accountByEmail } from '../../sql/users/user-password.js';
import { MOST_PASSWORD } from '../users/password-policy.js';
import { checkEmail, normalEmail } from '../users/user-policy.js';
import { type SignInRefused, signInRefused, type TooManyAttempts, tooManyAttempts } from './auth-failure.js';
import { beginSession } from './begin-session.js';
import type { AuthCtx } from './identity.js';
import { newRefreshToken } from './refresh-token.js';
import { foldedLogin, signInByDirectory } from './sign-in-by-directory.js';

/** What a client needs from now on: an access token for requests, and a refresh token to spend once for the next. */
export interface SignedIn {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly user: UserRow;
}

/**
 * Opens a session for whoever knows the password. An account with a password here is judged here, so that
 * local administrators enter while the directory is down; everybody else is the directory's, where there is
 * one. An unknown address takes as long as a wrong password and reads the same, and so does a closed account.
 * @returns the tokens, SignInRefused, or TooManyAttempts
 * @throws Unavailable when the database is away, too many passwords wait to be hashed, or the directory does
 *   not answer within 5 s
 */
export async function signIn(
  ctx: AuthCtx,
  input: { readonly email: string; readonly password: string },
): Promise<SignedIn | SignInRefused | TooManyAttempts> {
  const { directory, hasher, throttle } = ctx.identity;
  const email = normalEmail(input.email);
  const possible = checkEmail(email, []) === null;
  const name = directory ? foldedLogin(input.email) : possible ? email : '';
  const wait = await throttle.attempt(name, ctx.address);
  if (wait !== null) {
    ctx.identity.security.note(ctx, { action: 'security.signInThrottled', login: input.email });
    return tooManyAttempts(wait);
  }
  const { password } = input;
  if (password === '' || password.length > MOST_PASSWORD) return signInRefused();
  const account = possible ? await accountByEmail(ctx.db, email) : null;
  const hash = account?.passwordHash ?? null;
  const right = await hasher.verify(hash, password);
  const refreshToken = newRefreshToken();
  const local = () => (right && account?.isActive ? open(ctx, account, refreshToken) : null);
  const renewal =
    directory && hash === null
      ? await signInByDirectory(ctx, directory, { login: input.email, password }, refreshToken)
      : await local();
  if (!renewal) {
    ctx.log.info({ userId: account?.id ?? null, address: ctx.address }, 'refused a sign-in');
    ctx.identity.security.note(ctx, { action: 'security.signInRefused', login: input.email });
    return signInRefused();
  }
  await throttle.forgive(name, ctx.address);
  return signedIn(ctx, renewal, refreshToken);
}

const open = (ctx: AuthCtx, account: Account, refreshToken: string): Promise<Renewal | null> =>
  ctx.db.transaction((tx) => beginSession(tx, ctx, account, refreshToken));

/** The answer to a sign-in or a refresh. */
export async function signedIn(ctx: AuthCtx, renewal: Renewal, refreshToken: string): Promise<SignedIn> {
  const tokens = await ctx.identity.tokens.issue(renewal);
  const { sessionId: _session, issuedAtMs: _issued, ...user } = renewal;
  return { ...tokens, refreshToken, user };
}
