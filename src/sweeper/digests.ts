import { lookAtDigest } from '../domain/notifications/digest-day.js';
import { digestsToLookAt, putDigestOff } from '../sql/notifications/digests.js';
import { makeDigest } from '../sql/notifications/make-digest.js';
import type { SweeperParts } from './tasks.js';

const BATCH = 200;

/** Makes every digest that is due, each day's once by any number of sweepers; returns how many mails there are of it. */
export async function makeDigests({
  db,
  clock,
  log,
}: Pick<SweeperParts, 'db' | 'clock' | 'log'>): Promise<number> {
  let made = 0;
  for (;;) {
    const found = await digestsToLookAt(db, clock.fixed(), BATCH);
    for (const digest of found) {
      const { due, nextAt } = lookAtDigest(Date.parse(digest.now), digest, digest.lastDay);
      if (!due) await putDigestOff(db, digest, nextAt);
      else if (await makeDigest(db, clock.fixed(), digest, due, nextAt)) made += 1;
    }
    if (found.length < BATCH) break;
  }
  if (made > 0) log.info({ digests: made }, 'made digests');
  return made;
}
