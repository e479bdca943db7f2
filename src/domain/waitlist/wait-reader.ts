import { delegatorsAmong } from '../../sql/people/delegates.js';
import { waitsByIds, waitsOfResource, waitsOfUser } from '../../sql/waitlist/read-waits.js';
import type { WaitRow, WaitState } from '../../sql/waitlist/wait-row.js';
import type { Ctx, ViewerCtx } from '../act.js';
import { manageable } from '../resources/manager-policy.js';

/** Which of these people the viewer is or acts for; asks the database only where there are others. */
async function actedFor({ db, clock, viewer }: ViewerCtx, userIds: readonly string[]): Promise<Set<string>> {
  const others = userIds.filter((id) => id !== viewer.userId);
  const theirs = others.length > 0 ? await delegatorsAmong(db, clock.fixed(), viewer.userId, others) : [];
  return new Set([viewer.userId, ...theirs]);
}

/** The wishes of the viewer, and of whom they act for, by id, for a loader; those of others are missing. */
export async function readOwnWaits(ctx: Ctx, ids: readonly string[]): Promise<Map<string, WaitRow>> {
  const { viewer } = ctx;
  if (!viewer) return new Map();
  const found = await waitsByIds(ctx.db, ctx.clock.fixed(), ids);
  const users = [...found.values()].map(({ userId }) => userId);
  const theirs = await actedFor({ ...ctx, viewer }, users);
  return new Map([...found].filter(([, row]) => theirs.has(row.userId)));
}

/**
 * Up to `limit` wishes of the person, the newest first; none of somebody for whom the viewer does not act.
 * @param ownerId null: the viewer
 * @param after the last id of the page before
 * @param states null: all of them
 */
export async function readWaits(
  ctx: ViewerCtx,
  ownerId: string | null,
  after: string | null,
  states: readonly WaitState[] | null,
  limit: number,
): Promise<WaitRow[]> {
  const userId = ownerId ?? ctx.viewer.userId;
  if (!(await actedFor(ctx, [userId])).has(userId)) return [];
  return waitsOfUser(ctx.db, ctx.clock.fixed(), userId, after, states, limit);
}

/** A wish as somebody sees it: who it is and what for, or only that somebody waits. */
export interface SeenWait {
  readonly row: WaitRow;
  readonly isOpen: boolean;
}

/**
 * Up to `limit` of those who wait for the resource, in the order in which they are served: whoever manages it sees them,
 * others see themselves and that others wait, and guests see themselves alone.
 * @param after the last id of the page before
 */
export async function readQueue(
  ctx: ViewerCtx,
  resourceId: string,
  after: string | null,
  limit: number,
): Promise<SeenWait[]> {
  const { viewer } = ctx;
  const manages = (await manageable(ctx.db, viewer, [resourceId])).has(resourceId);
  const only = viewer.role === 'GUEST' && !manages ? viewer.userId : null;
  const rows = await waitsOfResource(ctx.db, ctx.clock.fixed(), resourceId, after, only, limit);
  return rows.map((row) => ({ row, isOpen: manages || row.userId === viewer.userId }));
}
