import { linkTurns, nextTurn } from '../../sql/presence/resource-links.js';
import type { Ctx, ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type NotFound, notFound } from '../failure.js';
import { manageable } from '../resources/manager-policy.js';
import { type DoorLinks, readToken } from './door-links.js';

/**
 * Gives the resource another link at its door: those that were printed before end at once. For managers, administrators
 * and whoever manages the resource.
 */
export async function rotateLink(
  ctx: ViewerCtx,
  resourceId: string,
): Promise<{ readonly resourceId: string } | NotFound> {
  const mine = await manageable(ctx.db, ctx.viewer, [resourceId]);
  const known = await linkTurns(ctx.db, [resourceId]);
  if (!mine.has(resourceId) || !known.has(resourceId)) return notFound(['id'], 'resource');
  await ctx.db.transaction(async (tx) => {
    await nextTurn(tx, resourceId);
    await recordAudit(tx, ctx, { action: 'resource.rotateLink', subjectId: resourceId });
  });
  return { resourceId };
}

/** The resource at whose door this token hangs; null for one that is none, or none any more. */
export async function resourceAtDoor(
  { db }: Pick<Ctx, 'db'>,
  links: DoorLinks,
  token: string,
): Promise<string | null> {
  const shown = readToken(token);
  const turn = shown && (await linkTurns(db, [shown.resourceId])).get(shown.resourceId);
  return shown && turn !== undefined && turn !== null && links.isGood(shown, turn) ? shown.resourceId : null;
}
