import { endSessionsOf } from '../../sql/sessions/session-end.js';
import { recordAudit } from '../audit/record.js';
import type { AuthViewerCtx } from './identity.js';

/**
 * Ends all sessions of the viewer, the present one too: this instance refuses their tokens when the promise
 * resolves, the others within seconds.
 * @returns how many were live
 * @throws Unavailable when the database is away; the sessions then go on
 */
export async function signOutEverywhere(ctx: AuthViewerCtx): Promise<number> {
  const { userId } = ctx.viewer;
  const sessions = await ctx.db.transaction(async (tx) => {
    const ended = await endSessionsOf(tx, ctx.clock.fixed(), userId, null);
    await recordAudit(tx, ctx, {
      action: 'session.signOutEverywhere',
      subjectId: userId,
      after: { sessions: ended },
    });
    return ended;
  });
  ctx.bus.wake({ kind: 'sessions' });
  await ctx.identity.watch.look();
  return sessions;
}
