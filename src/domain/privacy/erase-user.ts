import { byProgram, type Source } from '../../sql/audit/source.js';
import { cancelFuture, type FutureReservation, futureOf } from '../../sql/privacy/cancel-future.js';
import { eraseAccount } from '../../sql/privacy/erase-account.js';
import { eraseTraces } from '../../sql/privacy/erase-traces.js';
import { endErasure, openErasures } from '../../sql/privacy/open-erasures.js';
import type { Queryable } from '../../sql/statement.js';
import { isErased } from '../../sql/users/erasure.js';
import { isPerson } from '../../sql/users/is-person.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { Ctx, PassingCtx, ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { sourceOf } from '../audit/source.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { type LastAdministrator, lastAdministrator } from '../users/user-failure.js';
import { normalEmail } from '../users/user-policy.js';
import { passOnAlone } from '../waitlist/pass-on-alone.js';

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
/** So many are cancelled at once, whose resources are locked together. */
const CANCELLED_AT_ONCE = 100;
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

interface By {
  readonly actorId: string;
  readonly source: Source;
}

/** Titles go before the cancellations, so that nobody is told them. */
async function finish(ctx: PassingCtx, userId: string, by: By): Promise<number> {
  await eraseTraces(ctx.db, userId, BATCH);
  for (let total = 0; ; ) {
    const future = await futureOf(ctx.db, ctx.clock.fixed(), userId, CANCELLED_AT_ONCE);
    if (future.length === 0) return total;
    total += await cancelAll(ctx, future, by);
  }
}

/** Cancels them and passes on what that frees, in one transaction (O6); returns how many it were. */
async function cancelAll(ctx: PassingCtx, future: readonly FutureReservation[], by: By): Promise<number> {
  const ids = future.map(({ id }) => id);
  let count = 0;
  const freeing = { reservationIds: ids, resourceIds: future.flatMap(({ resourceIds }) => resourceIds) };
  await passOnAlone(ctx, freeing, async (tx) => {
    const cancelled = await cancelFuture(tx, ctx.clock.fixed(), ids, by);
    count = cancelled.length;
    return [...new Set(cancelled.flat())];
  });
  return count;
}

/** Goes once more over erasures that are old enough to be over, and finishes what was broken off. */
export async function endErasures(parts: Pick<Ctx, 'db' | 'clock' | 'bus' | 'log'>): Promise<void> {
  const ctx = { ...parts, requestId: 'sweeper' };
  const now = ctx.clock.fixed();
  for (const { userId, actorId } of await openErasures(ctx.db, now, SETTLED_MS)) {
    await finish(ctx, userId, { actorId, source: byProgram(ctx.requestId) });
    await endErasure(ctx.db, now, userId);
    ctx.log.info({ userId }, 'an erasure is over');
  }
}
