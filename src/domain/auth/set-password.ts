import { endSessionsOf } from '../../sql/sessions/session-end.js';
import { isPerson } from '../../sql/users/is-person.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { setPasswordHash } from '../../sql/users/user-password.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, type NotFound, notFound } from '../failure.js';
import type { HashingCtx } from '../users/password-hasher.js';
import { checkNewPassword } from '../users/password-policy.js';
import type { ProofRequired } from './factors/factor-failure.js';
import { requireProof } from './factors/require-proof.js';

const NOBODY = { email: '', name: '' };

/**
 * Gives somebody a password and ends the sessions of that person; one's own present session goes on. For
 * administrators, who prove first who sits there.
 * @returns the person, ProofRequired, NotFound, or what the password lacks
 */
export async function setPassword(
  ctx: ViewerCtx & HashingCtx,
  input: { readonly id: string; readonly password: string },
): Promise<UserRow | InvalidInput | NotFound | ProofRequired> {
  const unproved = await requireProof(ctx.db, ctx);
  if (unproved) return unproved;
  const { breached, hasher } = ctx.identity;
  const [owner = NOBODY] = await usersByIds(ctx.db, [input.id]);
  const refusal = await checkNewPassword(breached, input.password, owner, ['password']);
  if (refusal) return refusal;
  const hash = await hasher.hash(input.password);
  const user = await ctx.db.transaction(async (tx) => {
    if (!(await isPerson(tx, input.id))) return null;
    const row = await setPasswordHash(tx, input.id, hash, null);
    if (!row) return null;
    await endSessionsOf(tx, ctx.clock.fixed(), row.id, ctx.viewer.sessionId);
    await recordAudit(tx, ctx, { action: 'user.setPassword', subjectId: row.id });
    return row;
  });
  if (!user) return notFound(['id'], 'user');
  ctx.bus.wake({ kind: 'sessions' });
  return user;
}
