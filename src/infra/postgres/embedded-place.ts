import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Log } from '../../ports/log.js';
import { type Account, canEnter } from './embedded-account.js';
import { SHARED_ROOT } from './embedded-binaries.js';

/** The files of one embedded server: all under one folder that its account owns. */
export interface Place {
  readonly folder: string;
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
}

const ownedBy = (folder: string, account: Account) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) {
    chownSync(folder, account.uid, account.gid);
    chmodSync(folder, 0o700);
  }
};

/**
 * Where the server's files live: the wanted folder, or, where PostgreSQL's account cannot reach it (a project
 * under /root), one under /var/lib/holdfast that stays the same for the same wanted folder.
 * @throws Error with a sentence when the folder belongs to somebody else
 */
export function embeddedPlace(wanted: string, account: Account, log: Log): Place {
  const path = resolve(wanted);
  mkdirSync(dirname(path), { recursive: true, mode: account ? 0o711 : 0o700 });
  let folder = path;
  if (!canEnter(account, dirname(path))) {
    const name = createHash('sha256').update(path).digest('hex').slice(0, 12);
    mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
    folder = join(SHARED_ROOT, `data-${name}`);
    log.info(
      { wanted: path, folder, account: account?.name },
      'keeping the database where its account can reach it',
    );
  }
  ownedBy(folder, account);
  const owner = statSync(folder).uid;
  const self = account?.uid ?? process.getuid?.();
  if (self !== undefined && owner !== self) {
    throw new Error(
      `The database folder ${folder} belongs to another user (uid ${owner}): start Holdfast as that user, ` +
        'or name another folder by HOLDFAST_DATA_DIR.',
    );
  }
  return {
    folder,
    cluster: join(folder, 'cluster'),
    password: join(folder, 'password'),
    log: join(folder, 'postgres.log'),
  };
}
