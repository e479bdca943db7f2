import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './program.js';

export interface ClockFile {
  readonly path: string;
  /** From now on it is this instant, for every program that reads the file. */
  set(ms: number): void;
}

/** A file for HOLDFAST_TEST_CLOCK_FILE. Replaced as a whole, so that nobody ever reads half an instant. */
export function clockFile(ms: number): ClockFile {
  const path = join(testFolder(), 'clock');
  const set = (to: number) => {
    writeFileSync(`${path}.next`, new Date(to).toISOString());
    renameSync(`${path}.next`, path);
  };
  set(ms);
  return { path, set };
}
