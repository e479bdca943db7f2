import { rehearseSync, runDirectorySync } from '../domain/auth/run-directory-sync.js';
import type { SyncReport } from '../domain/auth/sync-report.js';
import { openAdapters } from './adapters.js';
import { databaseOf } from './database.js';
import { directoryOf, periodicSyncOf } from './directory.js';
import { run } from './run.js';

const KNOWN = ['--dry-run', '--accept-losses'];

function print({ changes, counts, ...facts }: SyncReport): void {
  for (const { name, kinds } of changes) process.stdout.write(`${kinds.join(',')}\t${name}\n`);
  process.stderr.write(`${JSON.stringify({ ...facts, ...counts }, null, 2)}\n`);
}

/** Prints a tab-separated line for each of the first 200 people who change, or would, and the numbers on the error output. */
await run(async (program) => {
  const flags = process.argv.slice(2);
  const strange = flags.find((flag) => !KNOWN.includes(flag));
  if (strange !== undefined) throw new Error(`"${strange}" is unknown; allowed are ${KNOWN.join(' and ')}.`);
  const sync = periodicSyncOf(program.config, directoryOf(program));
  if (!sync) throw new Error('LDAP_URL is not set; without it there is no directory to sync with.');
  const adapters = await openAdapters(program, await databaseOf(program));
  const ctx = { ...adapters, requestId: 'directory-sync', viewer: null, address: null, userAgent: null };
  const acceptLosses = flags.includes('--accept-losses');
  const report = flags.includes('--dry-run')
    ? await rehearseSync(ctx, sync)
    : await runDirectorySync(ctx, sync, { atOnce: true, acceptLosses });
  if (!report) throw new Error('Another process syncs at this moment: try again in a while.');
  print(report);
  return 'done';
});
