import type { Clock } from '../../ports/clock.js';
import type { FileStore } from '../../ports/file-store.js';
import { forgetStrayFiles, giveUploadsUp, strayFiles } from '../../sql/attachments/stray-files.js';
import type { Database } from '../../sql/statement.js';

const BATCH = 50;

/**
 * Gives up announcements whose files have not come, and removes files that nothing names: of uploads that ended midway,
 * and of attachments that are gone. Each is removed before it is forgotten, by one of any number of sweepers.
 * @returns how many files were removed
 * @throws Unavailable where the store cannot be used; they stay due
 */
export async function sweepFiles(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  store: FileStore,
): Promise<number> {
  await giveUploadsUp(db, clock.fixed(), BATCH);
  let total = 0;
  for (;;) {
    const removed = await db.transaction(async (tx) => {
      const keys = await strayFiles(tx, clock.fixed(), BATCH);
      for (const key of keys) await store.remove(key);
      await forgetStrayFiles(tx, keys);
      return keys.length;
    });
    total += removed;
    if (removed < BATCH) return total;
  }
}
