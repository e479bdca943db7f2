import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/infra/postgres/embedded.js';
import { accountForPostgres } from '../../src/infra/postgres/embedded-account.js';
import { embeddedBinaries } from '../../src/infra/postgres/embedded-binaries.js';
import { runProgram } from '../../src/infra/postgres/embedded-process.js';
import { migrate } from '../../src/infra/postgres/migrate.js';
import { SilentLog } from './log.js';

/** A migrated PostgreSQL that the test may stop, kill and start again on the same port. */
export interface PrivatePostgres {
  readonly url: string;
  /** Ends every session and stops, as an orderly restart does. */
  stop(): Promise<void>;
  /** Ends it without a checkpoint, as a crash does. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its files. */
  remove(): Promise<void>;
}

/** Starts one of our own, apart from the run's server. The folder carries our pid: the next run sweeps leftovers. */
export async function privatePostgres(): Promise<PrivatePostgres> {
  const log = new SilentLog();
  const folder = mkdtempSync(join(tmpdir(), `holdfast-test-${process.pid}-`));
  const server = await startEmbeddedPostgres({ folder, log, noSync: true });
  await migrate(server.url, log);
  const account = accountForPostgres();
  const bin = embeddedBinaries(account, log);
  const cluster = join(folder, 'cluster');
  const pgCtl = (...args: string[]) =>
    runProgram(join(bin, 'pg_ctl'), ['-D', cluster, '-w', '-s', ...args], account);
  const running = () => {
    try {
      return readFileSync(join(cluster, 'postmaster.pid'), 'utf8') !== '';
    } catch {
      return false;
    }
  };
  const stop = async () => {
    if (running()) await pgCtl('-m', 'fast', 'stop');
  };
  return {
    url: server.url,
    stop,
    kill: () => pgCtl('-m', 'immediate', 'stop'),
    start: () => pgCtl('-l', join(folder, 'postgres.log'), '-o', `-p ${server.port}`, 'start'),
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
