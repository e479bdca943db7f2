import { tellPerson } from '../../sql/notifications/tell-person.js';
import {
  addDelegate,
  type DelegateRow,
  delegatesOf,
  delegatorsOf,
  endDelegate,
} from '../../sql/people/delegates.js';
import { isPerson } from '../../sql/users/is-person.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { newId } from '../ids.js';

export interface AddDelegate {
  /** Who is to act in their name. */
  readonly delegateId: string;
  /** Whose reservations these are; null is the viewer. */
  readonly ownerId: string | null;
  /** Exclusive; null: until it is ended. */
  readonly until: Date | null;
}

const MOST = 20;
const MOST_SHOWN = 200;
/** As for windows: beyond this year no instant can be meant. */
const LATEST = Date.UTC(9000, 0);

/** Each person deals with their own delegates, administrators with everybody's. */
const mayDealWith = ({ viewer }: ViewerCtx, ownerId: string): boolean =>
  ownerId === viewer.userId || viewer.role === 'ADMINISTRATOR';

/**
 * Lets somebody reserve, change and cancel in a person's name, who is told of it. Delegates have no delegates: what they
 * may is theirs alone. Asked again, it lasts from now until what was said last.
 */
export async function addDelegateOf(
  ctx: ViewerCtx,
  { delegateId, ownerId, until }: AddDelegate,
): Promise<DelegateRow | InvalidInput | NotFound> {
  const now = ctx.clock.fixed();
  const userId = ownerId ?? ctx.viewer.userId;
  const unknown = notFound(['input', 'ownerId'], 'user');
  if (!mayDealWith(ctx, userId)) return unknown;
  const wrong = (message: string) => invalidInput(['input', 'delegateId'], message);
  if (delegateId === userId) return wrong('Nobody is their own delegate.');
  if (until && (until <= ctx.clock.now() || +until >= LATEST))
    return invalidInput(['input', 'until'], 'This is after now, and before the year 9000.');
  return ctx.db.transaction(async (tx) => {
    const { user } = await lockUser(tx, userId, false);
    if (!user?.isActive || !(await isPerson(tx, userId))) return unknown;
    const there = await delegatesOf(tx, now, userId);
    if (there.length >= MOST && !there.some((each) => each.delegateId === delegateId))
      return wrong(`Nobody has more than ${MOST} delegates.`);
    const untilAt = until?.toISOString() ?? null;
    const added = await addDelegate(tx, now, { id: newId(), userId, delegateId, untilAt });
    if (!added) return wrong('There is no such active user who is no guest.');
    const { row, name } = added;
    await recordAudit(tx, ctx, { action: 'delegate.add', subjectId: row.id, after: row });
    const { viewer, address } = ctx;
    const news = { userId, kind: 'DELEGATE_ADDED', actorId: viewer.userId, address, what: name } as const;
    await tellPerson(tx, now, { ...news, aboutId: delegateId });
    return row;
  });
}

/** Ends it, from now on. For both whom it concerns, and administrators. */
export const removeDelegate = (ctx: ViewerCtx, id: string): Promise<DelegateRow | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const { userId, role } = ctx.viewer;
    const gone = await endDelegate(tx, ctx.clock.fixed(), id, userId, role === 'ADMINISTRATOR');
    if (!gone) return notFound(['id'], 'delegate');
    await recordAudit(tx, ctx, { action: 'delegate.remove', subjectId: id, before: gone });
    return gone;
  });

/** The delegates of the person, null is the viewer; none of somebody who is not the viewer's to deal with. */
export async function readDelegates(ctx: ViewerCtx, ownerId: string | null): Promise<DelegateRow[]> {
  const userId = ownerId ?? ctx.viewer.userId;
  return mayDealWith(ctx, userId) ? delegatesOf(ctx.db, ctx.clock.fixed(), userId) : [];
}

/** In whose names the person acts, in the same way; up to 200. */
export async function readDelegators(ctx: ViewerCtx, delegateId: string | null): Promise<DelegateRow[]> {
  const userId = delegateId ?? ctx.viewer.userId;
  return mayDealWith(ctx, userId) ? delegatorsOf(ctx.db, ctx.clock.fixed(), userId, MOST_SHOWN) : [];
}
