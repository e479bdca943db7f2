import { isNotPlaced } from '../../sql/reservations/reserve.js';
import type { Queryable } from '../../sql/statement.js';
import type { Freeing, PassingCtx } from '../act.js';
import { Unavailable } from '../failure.js';
import { passOn } from './pass-on.js';

const ATTEMPTS = 8;

/**
 * Passes on in a transaction of its own, behind some work in it that returns the resources which it has changed. Where facts
 * change in between, all of it is done again.
 * @throws Unavailable where they never hold still
 */
export async function passOnAlone(
  ctx: PassingCtx,
  freeing: Freeing,
  work: (tx: Queryable) => Promise<readonly string[]> = async () => [],
): Promise<void> {
  for (let tries = 1; tries <= ATTEMPTS; tries++) {
    try {
      const { done, touched } = await ctx.db.transaction((tx) => passOn(ctx, tx, freeing, () => work(tx)));
      const resourceIds = [...done, ...touched];
      if (resourceIds.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds });
      return;
    } catch (error) {
      if (!isNotPlaced(error)) throw error;
    }
  }
  throw new Unavailable('what is free is contended; it is kept for those who wait');
}
