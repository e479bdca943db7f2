import type { FileParts } from '../domain/attachments/receive-file.js';
import { diskStore } from '../infra/file-store/disk.js';
import { clamdScan } from '../infra/virus-scan/clamd.js';
import { noScan } from '../infra/virus-scan/none.js';
import type { Program } from './run.js';

/**
 * What files are kept and looked into with. The scanner is not asked before there is a file.
 * @throws Error with a sentence when the folder cannot be used
 */
export async function openFiles({ config, log }: Program): Promise<FileParts> {
  const { dir, clamd } = config.files;
  if (!clamd) log.info({}, 'CLAMD_URL is not set: nobody looks into attached files');
  try {
    return { store: await diskStore(dir), scan: clamd ? clamdScan(clamd) : noScan };
  } catch (error) {
    const because = (error as { cause?: Error }).cause?.message ?? 'it cannot be used';
    throw new Error(
      `HOLDFAST_FILES_DIR is "${dir}"; allowed is a folder that can be written to (${because}).`,
      {
        cause: error,
      },
    );
  }
}
