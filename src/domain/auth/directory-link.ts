import { endSessionsOf } from '../../sql/sessions/session-end.js';
import type { Queryable } from '../../sql/statement.js';
import { isPerson } from '../../sql/users/is-person.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { dropLink, dropPassword } from '../../sql/users/user-link.js';
import { lockUser } from '../../sql/users/user-lock.js';
import { otherLocalAdministrators } from '../../sql/users/user-password.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound } from '../failure.js';
import { type LastAdministrator, lastAdministrator } from '../users/user-failure.js';
import type { ProofRequired } from './factors/factor-failure.js';
import { requireProof } from './factors/require-proof.js';

type Refusal = NotFound | LastAdministrator | ProofRequired;

async function change(
  ctx: ViewerCtx,
  id: string,
  action: string,
  drop: (tx: Queryable, before: UserRow) => Promise<boolean | LastAdministrator>,
): Promise<UserRow | Refusal> {
  const outcome = await ctx.db.transaction(async (tx) => {
    const unproved = await requireProof(tx, ctx);
    if (unproved) return unproved;
    const { user: before } = await lockUser(tx, id, true);
    if (!before || !(await isPerson(tx, id))) return notFound(['id'], 'user');
    const dropped = await drop(tx, before);
    if (typeof dropped === 'object') return dropped;
    if (!dropped) return before;
    await endSessionsOf(tx, ctx.clock.fixed(), id, null);
    await recordAudit(tx, ctx, { action, subjectId: id });
    const [user = before] = await usersByIds(tx, [id]);
    return user;
  });
  if ('node' in outcome) ctx.bus.wake({ kind: 'sessions' });
  return outcome;
}

/**
 * Takes a person's password here away, so that the directory judges the person from now on: whoever signs in there with
 * the account's address becomes its owner. Ends all sessions of that person. For administrators, who must know that the
 * two are the same, and prove who sits there. One active administrator keeps a password here, for when the directory is
 * down.
 * @returns the person, ProofRequired, NotFound or LastAdministrator
 */
export const handToDirectory = (
  ctx: ViewerCtx,
  { id }: { readonly id: string },
): Promise<UserRow | Refusal> =>
  change(ctx, id, 'user.handToDirectory', async (tx, { role, isActive }) => {
    const isLocal = role === 'ADMINISTRATOR' && isActive;
    if (isLocal && (await otherLocalAdministrators(tx, id)) === 0) return lastAdministrator(['id']);
    return dropPassword(tx, id);
  });

/**
 * Takes away the link to the directory's person, and ends all sessions: for links that were wrong. Whoever signs in
 * there with the account's address next is linked anew, unless the account is given a password here. For
 * administrators, as above.
 * @returns the person, ProofRequired or NotFound
 */
export const unlinkFromDirectory = (
  ctx: ViewerCtx,
  { id }: { readonly id: string },
): Promise<UserRow | Refusal> => change(ctx, id, 'user.unlink', (tx) => dropLink(tx, id));
