import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';

const newest = (patterns) => Math.max(0, ...globSync(patterns).map((path) => statSync(path).mtimeMs));

/** Runs one of Node's own programs under this very Node; false when it fails. */
const node = (...args) =>
  spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;

/**
 * Builds the programs that the tests start, where sources are newer than the last build. A type error does
 * not stop the run: the programs are there all the same, and a test of its own fails for it.
 */
export function buildWhenStale() {
  const stamp = 'dist/.tsbuildinfo';
  const built = existsSync(stamp) && existsSync('dist/main') ? statSync(stamp).mtimeMs : 0;
  if (newest(['src/**/*.ts', 'src/**/*.json', 'tsconfig.json']) > built) {
    node('node_modules/typescript/bin/tsc', '-p', '.');
  }
  if (existsSync('src/playground/build.mjs') && !node('src/playground/build.mjs')) {
    throw new Error('the playground does not build');
  }
  if (existsSync('src/door/build.mjs') && !node('src/door/build.mjs')) {
    throw new Error('the pages at doors do not build');
  }
}
