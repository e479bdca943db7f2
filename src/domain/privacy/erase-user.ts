import { byProgram, type Source } from '../../sql/audit/source.js';
import { cancelFuture } from '../../sql/privacy/cancel-future.js';
import { eraseAccount } from '../../sql/privacy/erase-account.js';
import { eraseTraces } from '../../sql/privacy/erase-traces.js';
import { endErasure, openErasures } from '../../sql/privacy/open-erasures.js';
import type { Queryable } from '../../sql/statement.js';
import { isErased } from '../../sql/users/erasure.js';
import { isPerson } from '../../sql/users/is-person.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { Ctx, ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { sourceOf } from '../audit/source.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { type LastAdministrator, lastAdministrator } from '../users/user-failure.js';
import { normalEmail } from '../users/user-policy.js';

export interface EraseUser {
  readonly id: string;
  /** The address of the person, typed once more: nobody is erased by a slip. */
  readonly confirmEmail: string;
}

export interface Erased {
  /** What is left: a pseudonym. */
  readonly user: UserRow;
  readonly cancelledReservations: number;
}

type Refusal = InvalidInput | NotFound | LastAdministrator;

const BATCH = 500;
/** Longer than any access token lives, and than anything that is under way. */
const SETTLED_MS = 15 * 60_000;

/**
 * Takes a person out of the database. The account becomes a pseudonym that cannot sign in, in one transaction; then, in
 * batches, titles and words go, what had not begun is cancelled, and entries of the audit lose what is personal. Past
 * reservations stay, so every count does. Whoever is asked again, and the sweeper, go on where it was broken off. For
 * administrators.
 */
export async function eraseUser(ctx: ViewerCtx, input: EraseUser): Promise<Erased | Refusal> {
  const refusal = await ctx.db.transaction((tx) => eraseOnce(tx, ctx, input));
  if (refusal) return refusal;
  ctx.bus.wake({ kind: 'sessions' });
  const cancelledReservations = await finish(ctx, input.id, {
    actorId: ctx.viewer.userId,
    source: sourceOf(ctx),
  });
  const [user] = await usersByIds(ctx.db, [input.id]);
  return { user: user as UserRow, cancelledReservations };
}

/** The account alone; nothing where that was done before. */
async function eraseOnce(tx: Queryable, ctx: ViewerCtx, input: EraseUser): Promise<Refusal | null> {
  const { user, otherAdministrators } = await lockUser(tx, input.id, true);
  if (!user) return notFound(['id'], 'user');
  if (await isErased(tx, user.id)) return null;
  if (!(await isPerson(tx, user.id))) return notFound(['id'], 'user');
  if (normalEmail(input.confirmEmail) !== user.email)
    return invalidInput(['input', 'confirmEmail'], 'This is not the email address of this person.');
  if (user.role === 'ADMINISTRATOR' && user.isActive && otherAdministrators === 0)
    return lastAdministrator(['id']);
  await eraseAccount(tx, ctx.clock.fixed(), user.id, ctx.viewer.userId);
  await recordAudit(tx, ctx, { action: 'user.erase', subjectId: user.id });
  return null;
}

/** Titles go before the cancellations, so that nobody is told them. */
async function finish(
  ctx: Pick<Ctx, 'db' | 'clock' | 'bus'>,
  userId: string,
  by: { readonly actorId: string; readonly source: Source },
): Promise<number> {
  await eraseTraces(ctx.db, userId, BATCH);
  let total = 0;
  for (;;) {
    const cancelled = await cancelFuture(ctx.db, ctx.clock.fixed(), userId, by, BATCH);
    total += cancelled.length;
    if (cancelled.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds: [...new Set(cancelled.flat())] });
    if (cancelled.length < BATCH) return total;
  }
}

/** Goes once more over erasures that are old enough to be over, and finishes what was broken off. */
export async function endErasures(ctx: Pick<Ctx, 'db' | 'clock' | 'bus' | 'log'>): Promise<void> {
  const now = ctx.clock.fixed();
  for (const { userId, actorId } of await openErasures(ctx.db, now, SETTLED_MS)) {
    await finish(ctx, userId, { actorId, source: byProgram('sweeper') });
    await endErasure(ctx.db, now, userId);
    ctx.log.info({ userId }, 'an erasure is over');
  }
}
