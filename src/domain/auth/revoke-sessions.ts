import { endSession, endSessionsOf } from '../../sql/sessions/session-end.js';
import { sessionsByIds } from '../../sql/sessions/session-page.js';
import { isPerson } from '../../sql/users/is-person.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound } from '../failure.js';
import type { AuthViewerCtx } from './identity.js';
import { mayEndSessionsOf } from './session-reader.js';

/**
 * Ends one session, one's own or, for administrators, anybody's: this instance refuses its tokens when the promise
 * resolves, the others within seconds, and its sockets close.
 * @returns the session's bare id, or NotFound, also where it has ended before
 * @throws Unavailable when the database is away; the session then goes on
 */
export async function revokeSession(
  ctx: AuthViewerCtx,
  { id }: { readonly id: string },
): Promise<string | NotFound> {
  const now = ctx.clock.fixed();
  const ended = await ctx.db.transaction(async (tx) => {
    const [session] = await sessionsByIds(tx, now, [id]);
    if (!session || !mayEndSessionsOf(ctx.viewer, session.userId)) return false;
    if (!(await endSession(tx, now, id))) return false;
    const { userId, userAgent, address } = session;
    await recordAudit(tx, ctx, {
      action: 'session.revoke',
      subjectId: id,
      before: { userId, userAgent, address },
    });
    return true;
  });
  if (!ended) return notFound(['id'], 'session');
  await announce(ctx);
  return id;
}

/**
 * Ends all sessions of a person but the one that asks: one's own, or, for administrators, anybody's.
 * @returns how many were live, or NotFound, also for a program: its secrets end otherwise
 * @throws Unavailable when the database is away; the sessions then go on
 */
export async function revokeSessionsOf(
  ctx: AuthViewerCtx,
  { userId }: { readonly userId: string },
): Promise<number | NotFound> {
  if (!mayEndSessionsOf(ctx.viewer, userId)) return notFound(['id'], 'user');
  const ended = await ctx.db.transaction(async (tx) => {
    if (!(await isPerson(tx, userId))) return null;
    const sessions = await endSessionsOf(tx, ctx.clock.fixed(), userId, ctx.viewer.sessionId);
    await recordAudit(tx, ctx, { action: 'session.revokeAll', subjectId: userId, after: { sessions } });
    return sessions;
  });
  if (ended === null) return notFound(['id'], 'user');
  await announce(ctx);
  return ended;
}

async function announce(ctx: AuthViewerCtx): Promise<void> {
  ctx.bus.wake({ kind: 'sessions' });
  await ctx.identity.watch.look();
}
