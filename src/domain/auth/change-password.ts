import { endSessionsOf } from '../../sql/sessions/session-end.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { accountById, setPasswordHash } from '../../sql/users/user-password.js';
import { recordAudit } from '../audit/record.js';
import type { InvalidInput } from '../failure.js';
import { checkNewPassword, MOST_PASSWORD } from '../users/password-policy.js';
import { type TooManyAttempts, tooManyAttempts, type WrongPassword, wrongPassword } from './auth-failure.js';
import type { AuthViewerCtx } from './identity.js';

export interface PasswordChanged {
  readonly user: UserRow;
  /** How many other sessions of the viewer were ended with it. */
  readonly endedSessions: number;
}

const NOBODY = { email: '', name: '' };

/**
 * Replaces the viewer's own password and ends the viewer's other sessions. Guesses at the present password
 * are slowed down like those at sign-in.
 * @throws Unavailable when the database is away or too many passwords wait to be hashed
 */
export async function changePassword(
  ctx: AuthViewerCtx,
  input: { readonly currentPassword: string; readonly newPassword: string },
): Promise<PasswordChanged | InvalidInput | WrongPassword | TooManyAttempts> {
  const { identity, viewer } = ctx;
  const [owner = NOBODY] = await usersByIds(ctx.db, [viewer.userId]);
  const refusal = await checkNewPassword(identity.breached, input.newPassword, owner, ['newPassword']);
  if (refusal) return refusal;
  // nobody but who is signed in gets here, so there are no strangers to the account
  const attempt = { account: viewer.userId, address: ctx.address, isFamiliar: async () => true };
  const wait = await identity.throttle.attempt(attempt);
  if (wait !== null) return tooManyAttempts(wait);
  const wrong = wrongPassword(['currentPassword']);
  if (input.currentPassword === '' || input.currentPassword.length > MOST_PASSWORD) return wrong;
  const hash = (await accountById(ctx.db, viewer.userId))?.passwordHash ?? null;
  if (!(await identity.hasher.verify(hash, input.currentPassword))) return wrong;
  await identity.throttle.forgive(attempt);
  const changed = await write(ctx, await identity.hasher.hash(input.newPassword), hash);
  if (!changed) return wrong;
  ctx.bus.wake({ kind: 'sessions' });
  await identity.watch.look();
  return changed;
}

const write = (ctx: AuthViewerCtx, hash: string, expected: string | null): Promise<PasswordChanged | null> =>
  ctx.db.transaction(async (tx) => {
    const { userId, sessionId } = ctx.viewer;
    const user = await setPasswordHash(tx, userId, hash, expected);
    if (!user) return null;
    const endedSessions = await endSessionsOf(tx, ctx.clock.fixed(), userId, sessionId);
    await recordAudit(tx, ctx, {
      action: 'user.changePassword',
      subjectId: userId,
      after: { endedSessions },
    });
    return { user, endedSessions };
  });
