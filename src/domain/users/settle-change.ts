import { endSessionsOf, outdateTokensOf } from '../../sql/sessions/session-end.js';
import type { Queryable } from '../../sql/statement.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import type { Ctx } from '../act.js';
import { recordAudit } from '../audit/record.js';

/**
 * What follows from a change of a locked person, in its transaction: a new role voids the access tokens,
 * deactivation ends the sessions, and the audit gets what has changed, with `more` beside it.
 * @returns whether sessions should be looked at anew
 */
export async function settleChange(
  tx: Queryable,
  ctx: Ctx,
  action: string,
  before: UserRow,
  after: UserRow,
  more: object = {},
): Promise<boolean> {
  const endsTokens = await outdate(tx, ctx, before, after);
  const changed = (['email', 'name', 'role', 'timeZone', 'language', 'isActive'] as const).filter(
    (key) => before[key] !== after[key],
  );
  const part = (row: UserRow) => Object.fromEntries(changed.map((key) => [key, row[key]]));
  await recordAudit(tx, ctx, {
    action,
    subjectId: after.id,
    before: part(before),
    after: { ...part(after), ...more },
  });
  return endsTokens;
}

/** A statement of its own behind the lock: it sees every session that a sign-in has opened before. */
async function outdate(tx: Queryable, ctx: Ctx, before: UserRow, after: UserRow): Promise<boolean> {
  const now = ctx.clock.fixed();
  if (before.isActive && !after.isActive) return (await endSessionsOf(tx, now, after.id, null)) > 0;
  return before.role !== after.role && (await outdateTokensOf(tx, now, after.id)) > 0;
}
