import { rememberOrigin } from '../../sql/sessions/familiar-origin.js';
import type { Renewal } from '../../sql/sessions/session-open.js';
import type { Queryable } from '../../sql/statement.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { type SignInRefused, signInRefused, type TooManyAttempts, tooManyAttempts } from './auth-failure.js';
import { beginSession } from './begin-session.js';
import { askSecondFactor, type SecondFactorRequired } from './factors/ask-second-factor.js';
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
 * Opens a session for whoever knows the password, where that is enough. All refusals read the same.
 * @returns the tokens, SecondFactorRequired, SignInRefused, or TooManyAttempts
 * @throws Unavailable when the database is away, too many passwords wait to be hashed, or the directory does
 *   not answer within 5 s
 */
export async function signIn(
  ctx: AuthCtx,
  input: Credentials & { readonly deviceToken?: string | null },
): Promise<NewlySignedIn | SecondFactorRequired | SignInRefused | TooManyAttempts> {
  const { throttle, devices, security } = ctx.identity;
  const refuse = () => {
    security.note(ctx, { action: 'security.signInRefused', login: input.email });
    return signInRefused();
  };
  const attempt = devices.attempt(ctx, accountNamed(ctx, input), input.deviceToken ?? null);
  const wait = await throttle.attempt(attempt);
  if (wait !== null) {
    security.note(ctx, { action: 'security.signInThrottled', login: input.email });
    return tooManyAttempts(wait);
  }
  const proof = await proveFirstFactor(ctx, input);
  if (!proof) return refuse();
  const asked = await askSecondFactor(ctx, proof, attempt.account);
  if (!asked) return (await completeSignIn(ctx, proof, attempt)) ?? refuse();
  await throttle.forgive(attempt);
  return asked;
}

/** A session whose transaction is still to end. */
export interface BegunSession {
  readonly renewal: Renewal;
  readonly refreshToken: string;
}

/**
 * Opens the session of somebody who has proved enough, and remembers from where, in the caller's transaction.
 * @returns null when the account has been closed or has another password by now
 */
export async function beginSignIn(
  tx: Queryable,
  ctx: AuthCtx,
  proof: Proof,
  attempt: SignInAttempt,
): Promise<BegunSession | null> {
  const refreshToken = newRefreshToken();
  const mark = ctx.identity.devices.markOf(attempt);
  const renewal = await beginSession(tx, ctx, proof, refreshToken);
  if (renewal && mark) await rememberOrigin(tx, ctx.clock.fixed(), mark, proof.id);
  return renewal && { renewal, refreshToken };
}

/** The answer to a sign-in whose session has begun; the attempt does not count. */
export async function endSignIn(
  ctx: AuthCtx,
  { renewal, refreshToken }: BegunSession,
  attempt: SignInAttempt,
): Promise<NewlySignedIn> {
  const { throttle, devices } = ctx.identity;
  await throttle.forgive(attempt);
  const deviceToken = devices.tokenFor(attempt.account, attempt.device);
  return { ...(await signedIn(ctx, renewal, refreshToken)), deviceToken };
}

async function completeSignIn(
  ctx: AuthCtx,
  proof: Proof,
  attempt: SignInAttempt,
): Promise<NewlySignedIn | null> {
  const begun = await ctx.db.transaction((tx) => beginSignIn(tx, ctx, proof, attempt));
  return begun && endSignIn(ctx, begun, attempt);
}

/** The answer to a sign-in or a refresh. */
export async function signedIn(ctx: AuthCtx, renewal: Renewal, refreshToken: string): Promise<SignedIn> {
  const tokens = await ctx.identity.tokens.issue(renewal);
  const { sessionId: _session, issuedAtMs: _issued, ...user } = renewal;
  return { ...tokens, refreshToken, user };
}
