import { readFileSync } from 'node:fs';
import type { Clock } from '../../ports/clock.js';
import { instantMs } from './instant.js';

/**
 * Now is the one RFC 3339 instant in the file, read again at each use, so that a test can move whole systems.
 * Every use throws while the file is missing or says anything else: a wrong clock must never decide.
 */
export function fileClock(path: string): Clock {
  const read = (): number => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8').trim();
    } catch (error) {
      throw new Error(`HOLDFAST_TEST_CLOCK_FILE names ${path}, which cannot be read`, { cause: error });
    }
    const ms = instantMs(text);
    if (ms === null) {
      throw new Error(
        `HOLDFAST_TEST_CLOCK_FILE names ${path}, which holds "${text}" instead of one RFC 3339 instant`,
      );
    }
    return ms;
  };
  return {
    fixed: () => new Date(read()).toISOString(),
    now: () => new Date(read()),
  };
}
