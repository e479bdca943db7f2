import { type EndedSession, endSession, endSessionByToken } from '../../sql/sessions/session-end.js';
import type { Queryable } from '../../sql/statement.js';
import { recordAudit } from '../audit/record.js';
import type { AuthCtx } from './identity.js';
import { refreshTokenHash } from './refresh-token.js';

/**
 * Ends the viewer's present session, and that of the refresh token which the browser keeps: they are one, or the browser
 * would stay signed in by the other. Whoever has let the access token end is nobody by now, and still signs out by the
 * refresh token. This instance refuses their tokens when the promise resolves, the others within seconds.
 * @returns how many sessions were still live: two at most
 * @throws Unavailable when the database is away; the sessions then go on
 */
export async function signOut(ctx: AuthCtx, refreshToken: string | null = null): Promise<number> {
  const ended = await ctx.db.transaction(async (tx) => {
    const sessions = [await ofViewer(tx, ctx), await ofToken(tx, ctx, refreshToken)].filter(
      (session) => session !== null,
    );
    for (const { id: subjectId, userId: actorId } of sessions)
      await recordAudit(tx, ctx, { action: 'session.signOut', subjectId, actorId });
    return sessions.length;
  });
  ctx.bus.wake({ kind: 'sessions' });
  await ctx.identity.watch.look();
  return ended;
}

async function ofViewer(tx: Queryable, { viewer, clock }: AuthCtx): Promise<EndedSession | null> {
  if (!viewer || !(await endSession(tx, clock.fixed(), viewer.sessionId))) return null;
  return { id: viewer.sessionId, userId: viewer.userId };
}

async function ofToken(
  tx: Queryable,
  { clock }: AuthCtx,
  token: string | null,
): Promise<EndedSession | null> {
  const hash = token === null ? null : refreshTokenHash(token);
  return hash && endSessionByToken(tx, clock.fixed(), hash);
}
