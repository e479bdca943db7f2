import { forgiveGuesses } from '../../../sql/factors/factor-guess.js';
import { resetFactors as reset } from '../../../sql/factors/reset-factors.js';
import { tellPerson } from '../../../sql/notifications/tell-person.js';
import { endSessionsOf } from '../../../sql/sessions/session-end.js';
import { isPerson } from '../../../sql/users/is-person.js';
import type { UserRow } from '../../../sql/users/user-columns.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { recordAudit } from '../../audit/record.js';
import { type NotFound, notFound } from '../../failure.js';
import type { AuthViewerCtx } from '../identity.js';
import type { ProofRequired } from './factor-failure.js';
import { requireProof } from './require-proof.js';

/**
 * Takes all second factors and recovery codes from somebody who has lost them, and ends that person's sessions; one's
 * own present session goes on. The person is told. For administrators, who prove first that it is them.
 * @returns the person, ProofRequired, or NotFound
 */
export async function resetFactors(
  ctx: AuthViewerCtx,
  input: { readonly id: string },
): Promise<UserRow | ProofRequired | NotFound> {
  const { viewer } = ctx;
  const outcome = await ctx.db.transaction(async (tx) => {
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    const { user } = await lockUser(tx, input.id, false);
    if (!user || !(await isPerson(tx, user.id))) return notFound(['id'], 'user');
    const now = ctx.clock.fixed();
    const before = await reset(tx, user.id);
    await forgiveGuesses(tx, user.id);
    const endedSessions = await endSessionsOf(tx, now, user.id, viewer.sessionId);
    const after = { endedSessions };
    await recordAudit(tx, ctx, { action: 'user.resetFactors', subjectId: user.id, before, after });
    const news = { userId: user.id, kind: 'FACTORS_RESET', actorId: viewer.userId, address: null } as const;
    await tellPerson(tx, now, { ...news, what: null });
    return user;
  });
  if ('kind' in outcome) return outcome;
  ctx.bus.wake({ kind: 'sessions' });
  await ctx.identity.watch.look();
  return outcome;
}
