import { passOnAlone } from '../domain/waitlist/pass-on-alone.js';
import { byProgram } from '../sql/audit/source.js';
import { expireNamedHolds } from '../sql/reservations/expire-holds.js';
import { deadAndWaitedFor, dueResources } from '../sql/waitlist/due.js';
import { expireWaits } from '../sql/waitlist/write-wait.js';
import type { SweeperParts } from './tasks.js';

const BATCH = 200;

/**
 * What the clock does to the waitlist: ends the waiting for what is too late, expires holds for whose time somebody waits,
 * each with its passing on in one transaction (O6), and passes on what was kept meanwhile. What fails by itself holds up
 * nothing else and is tried again in the next round.
 * @returns how many holds and resources it has dealt with
 */
export async function sweepWaitlist(parts: SweeperParts): Promise<number> {
  const { db, clock, log } = parts;
  const ctx = { ...parts, requestId: 'sweeper' };
  const each = async (ids: readonly string[], deal: (id: string) => Promise<void>) => {
    for (const id of ids) {
      await deal(id).catch((error) => log.warn({ err: error, id }, 'could not pass on; trying again'));
    }
  };
  while ((await expireWaits(db, clock.fixed(), BATCH, ctx.requestId)) === BATCH);
  const dead = await deadAndWaitedFor(db, clock.fixed(), BATCH);
  await each(dead, (id) =>
    passOnAlone(ctx, { reservationIds: [id], resourceIds: [] }, async (tx) => {
      const expired = await expireNamedHolds(tx, clock.fixed(), [id], byProgram(ctx.requestId));
      return expired.flatMap(({ resourceIds }) => resourceIds);
    }),
  );
  const due = await dueResources(db, BATCH);
  await each(due, (id) => passOnAlone(ctx, { reservationIds: [], resourceIds: [id] }));
  return dead.length + due.length;
}
