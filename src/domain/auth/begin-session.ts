import { openSession, type Renewal } from '../../sql/sessions/session-open.js';
import type { Queryable } from '../../sql/statement.js';
import { recordAudit } from '../audit/record.js';
import { newId } from '../ids.js';
import type { AuthCtx } from './identity.js';
import { refreshTokenHash } from './refresh-token.js';

const LONGEST_AGENT = 400;

/**
 * Opens and audits the session of somebody whose password was judged: against this hash, or by the directory
 * where it is null.
 * @returns null when the account has been closed or has another password by now
 */
export async function beginSession(
  tx: Queryable,
  ctx: AuthCtx,
  account: { readonly id: string; readonly passwordHash: string | null },
  refreshToken: string,
): Promise<Renewal | null> {
  const renewal = await openSession(tx, ctx.clock.fixed(), {
    id: newId(),
    userId: account.id,
    passwordHash: account.passwordHash,
    lifetimeSeconds: ctx.identity.lifetimes.sessionSeconds,
    refreshHash: refreshTokenHash(refreshToken) as Buffer,
    userAgent: ctx.userAgent?.slice(0, LONGEST_AGENT) ?? null,
    address: ctx.address,
  });
  if (!renewal) return null;
  await recordAudit(tx, ctx, {
    action: 'session.signIn',
    subjectId: renewal.sessionId,
    actorId: account.id,
    after: { userId: account.id, address: ctx.address },
  });
  return renewal;
}
