import { join, resolve } from 'node:path';
import type { FileLimits } from '../domain/attachments/attach-file.js';
import type { Values } from './variables.js';

/** Where files are kept, how much of them, and who looks into them. */
export interface FilesConfig {
  /** Absolute. */
  readonly dir: string;
  readonly limits: FileLimits;
  /** Null: nobody looks into them. */
  readonly clamd: { readonly host: string; readonly port: number } | null;
}

const MIB = 1_048_576;
const CLAMD_PORT = 3_310;

/** What the variables say of files. */
export function filesOf(values: Values): FilesConfig {
  const clamd = values.CLAMD_URL === null ? null : new URL(values.CLAMD_URL);
  return {
    dir: resolve(values.HOLDFAST_FILES_DIR ?? join(values.HOLDFAST_DATA_DIR, 'files')),
    limits: {
      ofFile: values.HOLDFAST_FILE_MAX_MIB * MIB,
      ofReservation: values.HOLDFAST_FILES_PER_RESERVATION_MIB * MIB,
      ofPerson: values.HOLDFAST_FILES_PER_PERSON_MIB * MIB,
    },
    clamd: clamd && { host: clamd.hostname, port: Number(clamd.port || CLAMD_PORT) },
  };
}
