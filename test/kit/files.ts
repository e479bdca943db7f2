import { readdirSync } from 'node:fs';
import type { FileParts } from '../../src/domain/attachments/receive-file.js';
import { diskStore } from '../../src/infra/file-store/disk.js';
import { noScan } from '../../src/infra/virus-scan/none.js';
import type { VirusScan } from '../../src/ports/virus-scan.js';
import { testFolder } from './program.js';

export const MIB = 1_048_576;
export const limits = { ofFile: MIB, ofReservation: 3 * MIB, ofPerson: 5 * MIB };

/** A store in a folder of its own, and every file that lies in it. */
export async function filesIn(scan: VirusScan = noScan): Promise<FileParts & { lying(): string[] }> {
  const folder = testFolder();
  return {
    store: await diskStore(folder),
    scan,
    lying: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
  };
}

/** Content of a few kinds, as its first bytes tell. */
export const png = (size: number): Buffer =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(size - 8, 1)]);
export const pdf = (size: number): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size - 9, 1)]);
