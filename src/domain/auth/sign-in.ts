import type { Renewal } from '../../sql/sessions/session-open.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { type SignInRefused, signInRefused, type TooManyAttempts, tooManyAttempts } from './auth-failure.js';
import { beginSession } from './begin-session.js';
import { askSecondFactor, type SecondFactorRequired } from './factors/ask-second-factor.js';
import { accountNamed, type Credentials, type Proof, proveFirstFactor } from './first-factor.js';
import type { AuthCtx } from './identity.js';
import { newRefreshToken } from './refresh-token.js';

/** What a client needs from now on: an access token for requests, and a refresh token to spend once for the next. */
export interface SignedIn {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly user: UserRow;
}

/**
 * Opens a session for whoever knows the password, where that is enough. All refusals read the same.
 * @returns the tokens, SecondFactorRequired, SignInRefused, or TooManyAttempts
 * @throws Unavailable when the database is away, too many passwords wait to be hashed, or the directory does
 *   not answer within 5 s
 */
export async function signIn(
  ctx: AuthCtx,
  input: Credentials,
): Promise<SignedIn | SecondFactorRequired | SignInRefused | TooManyAttempts> {
  const { throttle } = ctx.identity;
  const account = accountNamed(ctx, input);
  const wait = await throttle.attempt(account, ctx.address);
  if (wait !== null) return tooManyAttempts(wait);
  const proof = await proveFirstFactor(ctx, input);
  const signed = proof && ((await askSecondFactor(ctx, proof)) ?? (await completeSignIn(ctx, proof)));
  if (!signed) return signInRefused();
  await throttle.forgive(account, ctx.address);
  return signed;
}

/**
 * Opens the session of somebody who has proved enough.
 * @returns null when the account has been closed or has another password by now
 */
export async function completeSignIn(ctx: AuthCtx, proof: Proof): Promise<SignedIn | null> {
  const refreshToken = newRefreshToken();
  const renewal = await ctx.db.transaction((tx) => beginSession(tx, ctx, proof, refreshToken));
  return renewal && signedIn(ctx, renewal, refreshToken);
}

/** The answer to a sign-in or a refresh. */
export async function signedIn(ctx: AuthCtx, renewal: Renewal, refreshToken: string): Promise<SignedIn> {
  const tokens = await ctx.identity.tokens.issue(renewal);
  const { sessionId: _session, issuedAtMs: _issued, ...user } = renewal;
  return { ...tokens, refreshToken, user };
}
