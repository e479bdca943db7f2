import { identitiesOf } from '../../sql/identities/identities.js';
import { endSession } from '../../sql/sessions/session-end.js';
import type { Renewal } from '../../sql/sessions/session-open.js';
import { refreshSession } from '../../sql/sessions/session-refresh.js';
import { endReusedSession } from '../../sql/sessions/session-reuse.js';
import { recordAudit } from '../audit/record.js';
import { type RefreshRefused, refreshRefused } from './auth-failure.js';
import { factorsOfPerson, isFactorRequired, lacksFactor } from './factors/factor-reader.js';
import type { AuthCtx } from './identity.js';
import { newRefreshToken, refreshTokenHash } from './refresh-token.js';
import { type SignedIn, signedIn } from './sign-in.js';

/**
 * Spends a refresh token for the next pair. A token that was spent before ends its whole session, always:
 * two parties know it, and one of them may be a thief. So a client sends each token once, and signs in
 * again where the answer got lost. Refreshes leave no audit row; the end of a session does.
 * Where the person's role demands a second factor by now and there is none, the session ends: the next sign-in enrols.
 * @returns the tokens, or RefreshRefused
 * @throws Unavailable when the database is away
 */
export async function refreshTokens(
  ctx: AuthCtx,
  input: { readonly refreshToken: string },
): Promise<SignedIn | RefreshRefused> {
  const hash = refreshTokenHash(input.refreshToken);
  if (!hash) return refreshRefused();
  const next = newRefreshToken();
  const nextHash = refreshTokenHash(next) as Buffer;
  const { sessionSeconds } = ctx.identity.lifetimes;
  const renewal = await refreshSession(ctx.db, ctx.clock.fixed(), hash, nextHash, sessionSeconds);
  if (!renewal) {
    if (!(await endIfReused(ctx, hash)))
      ctx.identity.security.note(ctx, { action: 'security.refreshRefused' });
    return refreshRefused();
  }
  return (await endIfFactorLacks(ctx, renewal)) ? refreshRefused() : signedIn(ctx, renewal, next);
}

/** Whether it did; who signs in at a provider is asked for second factors there. */
async function endIfFactorLacks(ctx: AuthCtx, { id: userId, role, sessionId }: Renewal): Promise<boolean> {
  const { secondFactorRoles, watch } = ctx.identity;
  // costs the other roles nothing
  if (!isFactorRequired(secondFactorRoles, { role })) return false;
  const ends = await ctx.db.transaction(async (tx) => {
    const factors = await factorsOfPerson(tx, userId);
    if (!factors || !lacksFactor(secondFactorRoles, factors)) return false;
    if ((await identitiesOf(tx, [userId])).length > 0) return false;
    const after = { userId };
    await recordAudit(tx, ctx, { action: 'session.endUnproven', subjectId: sessionId, actorId: null, after });
    return endSession(tx, ctx.clock.fixed(), sessionId);
  });
  if (!ends) return false;
  ctx.bus.wake({ kind: 'sessions' });
  await watch.look();
  return true;
}

/** Whether it was: then the end of the session is in the audit. */
async function endIfReused(ctx: AuthCtx, hash: Buffer): Promise<boolean> {
  const ended = await ctx.db.transaction(async (tx) => {
    const reused = await endReusedSession(tx, ctx.clock.fixed(), hash);
    if (reused) {
      const { sessionId: subjectId, userId } = reused;
      const after = { userId, address: ctx.address };
      await recordAudit(tx, ctx, { action: 'session.reuse', subjectId, actorId: null, after });
    }
    return reused;
  });
  if (!ended) return false;
  ctx.log.warn({ ...ended, address: ctx.address }, 'a spent refresh token came again: ended its session');
  ctx.bus.wake({ kind: 'sessions' });
  await ctx.identity.watch.look();
  return true;
}
