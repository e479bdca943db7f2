import { equivalentResources } from '../../sql/availability/equivalent-resources.js';
import { readPeople } from '../../sql/people/read-people.js';
import { forgetOldAnswer, keepAnswer, storedAnswer } from '../../sql/reservations/idempotency.js';
import { lockResources } from '../../sql/reservations/lock-resources.js';
import type { IdempotencyKey } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import { lockUser } from '../../sql/users/user-lock.js';
import { waitsByIds } from '../../sql/waitlist/read-waits.js';
import type { WaitRow } from '../../sql/waitlist/wait-row.js';
import { countOpenWaits, insertWait, type WaitTarget } from '../../sql/waitlist/write-wait.js';
import type { Viewer, ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type ReservationRefused, reason, refused } from '../decisions/reason.js';
import {
  type IdempotencyKeyReused,
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
} from '../failure.js';
import { newId } from '../ids.js';
import { checkOnBehalf } from '../reservations/check-owner.js';
import { idempotencyKey, replay } from '../reservations/idempotency-key.js';
import { checkJoin, type JoinWaitlist, startsOf } from './check-join.js';
import { type Hopes, judgeHopes } from './judge-hopes.js';

export type JoinResult = WaitRow | ReservationRefused | NotFound | InvalidInput | IdempotencyKeyReused;

/** Resources that would do, over all that is asked for. */
const MOST_TARGETS = 100;

/** What the key stands for. */
interface Answer {
  readonly id: string;
}

/**
 * Joins the waitlist: for one window, or for any of a length within a wider one, of these resources or of their equals.
 * Whoever could have it at once, and is first in the queue, is offered it at once. Only time can be waited for: what rules,
 * quotas or capacities refuse is refused here too. In somebody else's name as in createReservation.
 * @returns the wish as it stands now, waiting or offered, also for a key that was used before; or why not
 */
export async function joinWaitlist(ctx: ViewerCtx, input: JoinWaitlist): Promise<JoinResult> {
  const invalid = checkJoin(input);
  if (invalid) return invalid;
  const wide = input.orEquivalent ? null : input.resources.map(({ resourceId }) => resourceId);
  const notOnBehalf = await checkOnBehalf(ctx, input.ownerId ?? null, wide);
  if (notOnBehalf) return notOnBehalf;
  const { idempotencyKey: chosen, ...payload } = input;
  const key = idempotencyKey('waitlist.join', chosen, payload);
  if (key && 'kind' in key) return key;
  const again = await answered(ctx, ctx.db, key);
  if (again) return 'kind' in again ? again : standing(ctx, again.id);
  const owner = await ownerOf(ctx, input.ownerId ?? null);
  if (!owner) return invalidInput(['input', 'ownerId'], 'There is no such active user.');
  const targets = await targetsOf(ctx, input);
  const hopes = await judgeHopes(owner, input, targets);
  if (!hopes) return notFound(['input', 'resources'], 'resource');
  if ('kind' in hopes) return hopes;
  const joined = await ctx.db.transaction((tx) => write(ctx, tx, owner.viewer, input, targets, hopes, key));
  if ('kind' in joined) return joined;
  // What is free already was kept for it.
  await ctx.waitlist.passOnDue(
    ctx,
    targets.map(({ resourceId }) => resourceId),
  );
  return standing(ctx, joined.id);
}

async function answered(ctx: ViewerCtx, on: Queryable, key: IdempotencyKey | null) {
  if (!key) return null;
  const stored = await storedAnswer<Answer>(on, ctx.clock.fixed(), ctx.viewer.userId, key);
  return stored && replay(stored, key);
}

const standing = async (ctx: ViewerCtx, id: string): Promise<WaitRow | NotFound> =>
  (await waitsByIds(ctx.db, ctx.clock.fixed(), [id])).get(id) ?? notFound(['input'], 'wish');

/** As who waits, since offers are judged by what they are; null where there is no such active user. */
async function ownerOf(ctx: ViewerCtx, ownerId: string | null): Promise<ViewerCtx | null> {
  const { viewer } = ctx;
  if (!ownerId || ownerId === viewer.userId) return ctx;
  const owner = (await readPeople(ctx.db, [ownerId])).get(ownerId);
  return owner?.active ? { ...ctx, viewer: { ...viewer, userId: owner.id, role: owner.role } } : null;
}

/** Every resource that would do: what is asked for, then its equals, the best first. */
async function targetsOf(ctx: ViewerCtx, input: JoinWaitlist): Promise<WaitTarget[]> {
  const { resources, orEquivalent, sameAttributes } = input;
  const most = Math.floor(MOST_TARGETS / resources.length) - 1;
  const equals = orEquivalent
    ? await equivalentResources(ctx.db, resources, sameAttributes, most)
    : resources.map(() => []);
  return resources.flatMap(({ resourceId, quantity }, need) =>
    [resourceId, ...(equals[need] ?? [])].map((id, rank) => ({ need, resourceId: id, quantity, rank })),
  );
}

/** Behind the locks that whoever passes on takes too, so that neither can overlook the other. */
async function write(
  ctx: ViewerCtx,
  tx: Queryable,
  owner: Pick<Viewer, 'userId' | 'role'>,
  input: JoinWaitlist,
  targets: readonly WaitTarget[],
  { priority, rule, terms }: Hopes,
  key: IdempotencyKey | null,
): Promise<Answer | ReservationRefused | IdempotencyKeyReused> {
  const now = ctx.clock.fixed();
  const { userId } = owner;
  const actorId = ctx.viewer.userId;
  await lockResources(
    tx,
    targets.map(({ resourceId }) => resourceId),
  );
  await lockUser(tx, userId, false);
  const again = await answered(ctx, tx, key);
  if (again) return again;
  const used = (await countOpenWaits(tx, now, userId)) + 1;
  const limit = terms.mostOpen;
  if (used > limit && !rule?.exemptRoles.includes(owner.role))
    return refused([
      reason('QUOTA_EXCEEDED', `One person waits for at most ${limit} things.`, { rule, limit, used }),
    ]);
  const id = newId();
  const { firstStart, lastStart, lengthMs } = startsOf(input);
  const { resources, orEquivalent, sameAttributes, details } = input;
  const words = { title: input.title.trim(), details, visibility: input.visibility ?? 'PUBLIC' };
  const starts = {
    firstStart: new Date(firstStart),
    lastStart: new Date(lastStart),
    lastEnd: new Date(lastStart + lengthMs),
  };
  const asked = { resources, orEquivalent, sameAttributes, priority };
  if (key) {
    await forgetOldAnswer(tx, now, actorId, key);
    await keepAnswer(tx, now, actorId, key, { id });
  }
  await recordAudit(tx, ctx, {
    action: 'waitlist.join',
    subjectId: id,
    after: { userId, ...words, ...starts, ...asked },
  });
  const creatorId = actorId === userId ? null : actorId;
  await insertWait(tx, now, { id, userId, creatorId, ...words, ...starts, ...asked, targets });
  return { id };
}
