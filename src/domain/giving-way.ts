import { waitedResource } from '../sql/sqlstate.js';
import type { Ctx } from './act.js';

/**
 * An attempt to take something. Where somebody waits for it, it is passed on to them first (O6), and the attempt fails as
 * one that found no place: whoever tries again is judged by what they have got.
 */
export async function givingWay<T>(ctx: Ctx, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const resourceId = waitedResource(error);
    if (resourceId !== null) await ctx.waitlist.passOnDue(ctx, [resourceId]);
    throw error;
  }
}
