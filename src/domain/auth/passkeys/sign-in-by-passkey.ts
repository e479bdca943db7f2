import type { Queryable } from '../../../sql/statement.js';
import { usersByIds } from '../../../sql/users/user-by-ids.js';
import { accountById } from '../../../sql/users/user-password.js';
import { type SignInRefused, signInRefused } from '../auth-failure.js';
import { accountNamed } from '../first-factor.js';
import type { AuthCtx } from '../identity.js';
import {
  type BegunSession,
  beginSignIn,
  endSignIn,
  type NewlySignedIn,
  type SignInAttempt,
} from '../sign-in.js';
import { judgePasskey } from './judge-passkey.js';

/**
 * Opens a session for whoever holds a passkey and was seen by its authenticator: both factors at once, without a
 * password. Nobody guesses signatures, so attempts are not counted.
 * @returns the tokens, or SignInRefused
 */
export async function signInByPasskey(
  ctx: AuthCtx,
  input: { readonly response: string; readonly deviceToken?: string | null },
): Promise<NewlySignedIn | SignInRefused> {
  const opened = await ctx.db.transaction(async (tx) => {
    const userId = await judgePasskey(tx, ctx, input.response, null);
    if (userId === null) return null;
    const begun = await open(tx, ctx, userId, input.deviceToken ?? null);
    if (!begun) ctx.identity.security.note(ctx, { action: 'security.signInRefused', userId });
    return begun;
  });
  if (opened) return endSignIn(ctx, opened.begun, opened.attempt);
  ctx.log.info({ address: ctx.address }, 'refused a passkey');
  return { ...signInRefused(), message: 'This passkey does not open an account here.' };
}

async function open(
  tx: Queryable,
  ctx: AuthCtx,
  userId: string,
  deviceToken: string | null,
): Promise<{ begun: BegunSession; attempt: SignInAttempt } | null> {
  const [user] = await usersByIds(tx, [userId]);
  const account = await accountById(tx, userId);
  if (!user || !account) return null;
  const named = accountNamed(ctx, { email: user.email, password: '' });
  const attempt = ctx.identity.devices.attempt(ctx, named, deviceToken);
  const begun = await beginSignIn(tx, ctx, account, attempt);
  return begun && { begun, attempt };
}
