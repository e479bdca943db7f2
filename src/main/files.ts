import { hostname } from 'node:os';
import type { FileParts } from '../domain/attachments/receive-file.js';
import { LogArchive } from '../domain/logs/log-archive.js';
import { diskStore } from '../infra/file-store/disk.js';
import { clamdScan } from '../infra/virus-scan/clamd.js';
import { noScan } from '../infra/virus-scan/none.js';
import type { FileStore } from '../ports/file-store.js';
import type { Adapters } from './adapters.js';
import type { Program } from './run.js';

/**
 * What files are kept and looked into with. The scanner is not asked before there is a file. Where it is configured, what
 * the program fills with its log goes there too, until its releases end that.
 * @throws Error with a sentence when the folder cannot be used
 */
export async function openFiles(program: Program, adapters: Adapters): Promise<FileParts> {
  const { config, log, segments, releases } = program;
  const { clamd } = config.files;
  if (!clamd) log.info({}, 'CLAMD_URL is not set: nobody looks into attached files');
  const store = await openStore(config.files.dir);
  if (segments) {
    const archive = new LogArchive({ ...adapters, store, machine: hostname() }, segments);
    releases.add('log archive', () => archive.close());
    archive.start();
  }
  return { store, scan: clamd ? clamdScan(clamd) : noScan };
}

async function openStore(dir: string): Promise<FileStore> {
  try {
    return await diskStore(dir);
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
