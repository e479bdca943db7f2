import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account } from './embedded-account.js';
import type { Place } from './embedded-place.js';
import { runProgram } from './embedded-process.js';

const HALF_DONE = 'cluster.new-';
const HOUR_MS = 3_600_000;

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=256MB',
  'max_wal_size=2GB',
  'log_line_prefix=%m [%p] ',
];

function password(place: Place, account: Account): string {
  if (!existsSync(place.password)) {
    writeFileSync(place.password, randomBytes(24).toString('base64url'), { mode: 0o600 });
    if (account) chownSync(place.password, account.uid, account.gid);
  }
  return readFileSync(place.password, 'utf8').trim();
}

/** What an initdb that was killed has left; not what one is making at this moment. */
function removeHalfDone(place: Place): void {
  for (const name of readdirSync(place.folder).filter((entry) => entry.startsWith(HALF_DONE))) {
    const path = join(place.folder, name);
    if (Date.now() - statSync(path).mtimeMs > HOUR_MS) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Makes the cluster where there is none, beside its place and then renamed, so that a crash in the middle
 * leaves nothing that looks finished. Returns the password of the user postgres.
 */
export async function ensureCluster(
  place: Place,
  bin: string,
  account: Account,
  options: { noSync: boolean },
): Promise<string> {
  const secret = password(place, account);
  if (existsSync(place.cluster)) return secret;
  removeHalfDone(place);
  const half = join(place.folder, `${HALF_DONE}${process.pid}`);
  rmSync(half, { recursive: true, force: true });
  await runProgram(
    join(bin, 'initdb'),
    [
      `--pgdata=${half}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${place.password}`,
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=und',
      '--no-instructions',
      ...(options.noSync ? ['--no-sync'] : []),
      ...SETTINGS.flatMap((setting) => ['-c', setting]),
    ],
    account,
  );
  renameSync(half, place.cluster);
  return secret;
}
