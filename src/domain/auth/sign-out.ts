import { endSession } from '../../sql/sessions/session-end.js';
import { recordAudit } from '../audit/record.js';
import type { AuthViewerCtx } from './identity.js';

/**
 * Ends the viewer's present session: this instance refuses its tokens when the promise resolves, the others
 * within seconds.
 * @returns whether the session was still live
 * @throws Unavailable when the database is away; the session then goes on
 */
export async function signOut(ctx: AuthViewerCtx): Promise<boolean> {
  const { sessionId } = ctx.viewer;
  const ended = await ctx.db.transaction(async (tx) => {
    const live = await endSession(tx, ctx.clock.fixed(), sessionId);
    if (live) await recordAudit(tx, ctx, { action: 'session.signOut', subjectId: sessionId });
    return live;
  });
  ctx.bus.wake({ kind: 'sessions' });
  await ctx.identity.watch.look();
  return ended;
}
