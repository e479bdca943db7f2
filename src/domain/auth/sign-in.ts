import { rememberOrigin } from '../../sql/sessions/familiar-origin.js';
import type { Renewal } from '../../sql/sessions/session-open.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { type SignInRefused, signInRefused, type TooManyAttempts, tooManyAttempts } from './auth-failure.js';
import { beginSession } from './begin-session.js';
import { accountNamed, type Credentials, type Proof, proveFirstFactor } from './first-factor.js';
import type { AuthCtx } from './identity.js';
import type { KnownDevices } from './known-devices.js';
import { newRefreshToken } from './refresh-token.js';

/** What a client needs from now on: an access token for requests, and a refresh token to spend once for the next. */
export interface SignedIn {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly user: UserRow;
}

export interface NewlySignedIn extends SignedIn {
  /** Proves at the next sign-in that this device was used with the account; see KnownDevices. */
  readonly deviceToken: string;
}

export type SignInAttempt = ReturnType<KnownDevices['attempt']>;

/**
 * Opens a session for whoever knows the password. All refusals read the same.
 * @returns the tokens, SignInRefused, or TooManyAttempts
 * @throws Unavailable when the database is away, too many passwords wait to be hashed, or the directory does
 *   not answer within 5 s
 */
export async function signIn(
  ctx: AuthCtx,
  input: Credentials & { readonly deviceToken?: string | null },
): Promise<NewlySignedIn | SignInRefused | TooManyAttempts> {
  const { throttle, devices, security } = ctx.identity;
  const attempt = devices.attempt(ctx, accountNamed(ctx, input), input.deviceToken ?? null);
  const wait = await throttle.attempt(attempt);
  if (wait !== null) {
    security.note(ctx, { action: 'security.signInThrottled', login: input.email });
    return tooManyAttempts(wait);
  }
  const proof = await proveFirstFactor(ctx, input);
  const signedIn = proof && (await completeSignIn(ctx, proof, attempt));
  if (signedIn) return signedIn;
  security.note(ctx, { action: 'security.signInRefused', login: input.email });
  return signInRefused();
}

/**
 * Opens the session of somebody who has proved enough, and remembers from where.
 * @returns null when the account has been closed or has another password by now
 */
export async function completeSignIn(
  ctx: AuthCtx,
  proof: Proof,
  attempt: SignInAttempt,
): Promise<NewlySignedIn | null> {
  const { throttle, devices } = ctx.identity;
  const refreshToken = newRefreshToken();
  const mark = devices.markOf(attempt);
  const renewal = await ctx.db.transaction(async (tx) => {
    const begun = await beginSession(tx, ctx, proof, refreshToken);
    if (begun && mark) await rememberOrigin(tx, ctx.clock.fixed(), mark, proof.id);
    return begun;
  });
  if (!renewal) return null;
  await throttle.forgive(attempt);
  const deviceToken = devices.tokenFor(attempt.account, attempt.device);
  return { ...(await signedIn(ctx, renewal, refreshToken)), deviceToken };
}

/** The answer to a sign-in or a refresh. */
export async function signedIn(ctx: AuthCtx, renewal: Renewal, refreshToken: string): Promise<SignedIn> {
  const tokens = await ctx.identity.tokens.issue(renewal);
  const { sessionId: _session, issuedAtMs: _issued, ...user } = renewal;
  return { ...tokens, refreshToken, user };
}
