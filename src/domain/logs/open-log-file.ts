import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FileStore } from '../../ports/file-store.js';
import { logFilesByIds } from '../../sql/logs/read-log-files.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { Unavailable } from '../failure.js';

/**
 * The lines of a stored file of the log, as they were written; null where there is none. To be read to the end or
 * destroyed. For administrators; that it was taken is in the audit.
 * @throws Unavailable where the store does not have it
 */
export async function openLogFile(ctx: ViewerCtx, store: FileStore, id: string): Promise<Readable | null> {
  const file = (await logFilesByIds(ctx.db, [id])).get(id);
  if (!file) return null;
  const content = await store.get(id);
  if (!content) {
    ctx.log.error({ logFileId: id }, 'a file of the log is not in the store');
    throw new Unavailable('the file is not in the store');
  }
  try {
    const { program, machine, number } = file;
    await recordAudit(ctx.db, ctx, {
      action: 'logFile.export',
      subjectId: id,
      after: { program, machine, number },
    });
  } catch (error) {
    content.destroy();
    throw error;
  }
  const lines = createGunzip();
  // A failure comes out of what is read, and whoever destroys that closes the file.
  pipeline(content, lines, () => undefined);
  return lines;
}
