import { openSession, type Renewal } from '../../sql/sessions/session-open.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { type Account, accountByEmail } from '../../sql/users/user-password.js';
import { recordAudit } from '../audit/record.js';
import { newId } from '../ids.js';
import { MOST_PASSWORD } from '../users/password-policy.js';
import { checkEmail, normalEmail } from '../users/user-policy.js';
import { type SignInRefused, signInRefused, type TooManyAttempts, tooManyAttempts } from './auth-failure.js';
import type { AuthCtx } from './identity.js';
import { newRefreshToken, refreshTokenHash } from './refresh-token.js';

/** What a client needs from now on: an access token for requests, and a refresh token to spend once for the next. */
export interface SignedIn {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly user: UserRow;
}

const LONGEST_AGENT = 400;

/**
 * Opens a session for whoever knows the password. An unknown address takes as long as a wrong password and
 * reads the same.
 * @returns the tokens, SignInRefused, or TooManyAttempts
 * @throws Unavailable when the database is away or too many passwords wait to be hashed
 */
export async function signIn(
  ctx: AuthCtx,
  input: { readonly email: string; readonly password: string },
): Promise<SignedIn | SignInRefused | TooManyAttempts> {
  const email = normalEmail(input.email);
  const possible = checkEmail(email, []) === null;
  const name = possible ? email : '';
  const wait = await ctx.identity.throttle.attempt(name, ctx.address);
  if (wait !== null) return tooManyAttempts(wait);
  if (input.password === '' || input.password.length > MOST_PASSWORD) return signInRefused();
  const account = possible ? await accountByEmail(ctx.db, email) : null;
  const right = await ctx.identity.hasher.verify(account?.passwordHash ?? null, input.password);
  const refreshToken = newRefreshToken();
  const renewal = right && account?.isActive ? await open(ctx, account, refreshToken) : null;
  if (!renewal) {
    ctx.log.info({ userId: account?.id ?? null, address: ctx.address }, 'refused a sign-in');
    return signInRefused();
  }
  await ctx.identity.throttle.forgive(name, ctx.address);
  return signedIn(ctx, renewal, refreshToken);
}

const open = (ctx: AuthCtx, account: Account, refreshToken: string): Promise<Renewal | null> =>
  ctx.db.transaction(async (tx) => {
    const renewal = await openSession(tx, ctx.clock.fixed(), {
      id: newId(),
      userId: account.id,
      passwordHash: account.passwordHash ?? '',
      lifetimeSeconds: ctx.identity.lifetimes.sessionSeconds,
      refreshHash: refreshTokenHash(refreshToken) as Buffer,
      userAgent: ctx.userAgent?.slice(0, LONGEST_AGENT) ?? null,
      address: ctx.address,
    });
    if (!renewal) return null;
    const after = { userId: account.id, address: ctx.address };
    await recordAudit(tx, ctx, {
      action: 'session.signIn',
      subjectId: renewal.sessionId,
      actorId: account.id,
      after,
    });
    return renewal;
  });

/** The answer to a sign-in or a refresh. */
export async function signedIn(ctx: AuthCtx, renewal: Renewal, refreshToken: string): Promise<SignedIn> {
  const tokens = await ctx.identity.tokens.issue(renewal);
  const { sessionId: _session, issuedAtMs: _issued, ...user } = renewal;
  return { ...tokens, refreshToken, user };
}
