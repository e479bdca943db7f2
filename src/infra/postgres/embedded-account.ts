import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The account that PostgreSQL runs under; null: ours. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number } | null;

/** PostgreSQL refuses to run as root, and an account must have a name in /etc/passwd: postgres, else nobody. */
export function accountForPostgres(): Account {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { name, uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error(
    'The embedded PostgreSQL cannot run as root, and there is neither a postgres nor a nobody account; ' +
      'start Holdfast as an ordinary user or set DATABASE_URL.',
  );
}

/** What spawn takes to run a program under the account. */
export const as = (account: Account) => (account ? { uid: account.uid, gid: account.gid } : {});

const worked = (run: SpawnSyncReturns<Buffer>) => run.error === undefined && run.status === 0;

/** Whether the account can enter the directory; for ourselves always true. */
export const canEnter = (account: Account, directory: string): boolean =>
  account === null ||
  worked(spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { cwd: '/', ...as(account) }));

/** Whether the account can run the program. */
export const canRun = (account: Account, program: string): boolean =>
  account === null || worked(spawnSync(program, ['--version'], { cwd: '/', ...as(account) }));
