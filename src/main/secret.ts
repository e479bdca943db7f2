import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';

/**
 * The text that seals keys at rest: HOLDFAST_SECRET, else one that is made once and kept in the data folder
 * for its owner's eyes only.
 */
export function secretOf(config: Config): string {
  if (config.secret) return config.secret;
  const path = join(config.dataDir, 'secret');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o711 });
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(path, 'utf8');
}
