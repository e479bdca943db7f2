import { waitsByIds, waitsOfResource } from '../../sql/waitlist/read-waits.js';
import type { WaitRow } from '../../sql/waitlist/wait-row.js';
import type { Ctx, ViewerCtx } from '../act.js';
import { manageable } from '../resources/manager-policy.js';

/** The viewer's own wishes by id, for a loader; those of others are missing. */
export async function readOwnWaits(ctx: Ctx, ids: readonly string[]): Promise<Map<string, WaitRow>> {
  const found = await waitsByIds(ctx.db, ctx.clock.fixed(), ids);
  return new Map([...found].filter(([, row]) => row.userId === ctx.viewer?.userId));
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
