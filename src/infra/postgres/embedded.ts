import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../ports/log.js';
import { type Account, accountForPostgres } from './embedded-account.js';
import { embeddedBinaries } from './embedded-binaries.js';
import { ensureCluster } from './embedded-cluster.js';
import { ownServer } from './embedded-owner.js';
import { embeddedPlace, type Place } from './embedded-place.js';
import { freePort, lastWords, runningPort, runProgram } from './embedded-process.js';

export interface EmbeddedOptions {
  /** The folder for the cluster, its password and its log. */
  readonly folder: string;
  readonly log: Log;
  /** Skips the flush after initdb only; the server itself always flushes. */
  readonly noSync?: boolean;
}

/** A PostgreSQL of our own on this machine, for us alone. */
export interface EmbeddedPostgres {
  readonly url: string;
  readonly port: number;
  /** Whether it already ran, left over by a process that was killed. */
  readonly adopted: boolean;
  stop(): Promise<void>;
}

const START_ATTEMPTS = 3;
const LOG_LIMIT = 10 * 1024 * 1024;

function turnLog(place: Place): void {
  if (existsSync(place.log) && statSync(place.log).size > LOG_LIMIT) renameSync(place.log, `${place.log}.1`);
}

async function startServer(place: Place, bin: string, account: Account): Promise<number> {
  turnLog(place);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const args = ['-D', place.cluster, '-l', place.log, '-w', '-t', '60', '-s', '-o', `-p ${port}`, 'start'];
    try {
      await runProgram(join(bin, 'pg_ctl'), args, account);
      return port;
    } catch (error) {
      if (attempt < START_ATTEMPTS && /Address already in use|could not bind/.test(lastWords(place)))
        continue;
      throw new Error(`The embedded PostgreSQL in ${place.folder} does not start: ${lastWords(place)}`, {
        cause: error,
      });
    }
  }
}

/**
 * Starts PostgreSQL from npm on a free port of the loopback address, or adopts the one that a killed process
 * has left running on the same folder.
 * @throws Error with one sentence: no binaries for this platform, a folder of somebody else, another Holdfast
 * that runs on the same folder, or the last words of a server that does not start
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { log } = options;
  const account = accountForPostgres();
  const bin = embeddedBinaries(account, log);
  const place = embeddedPlace(options.folder, account, log);
  const password = await ensureCluster(place, bin, account, { noSync: options.noSync ?? false });
  const running = runningPort(place);
  const port = running ?? (await startServer(place, bin, account));
  const owned = await ownServer(port, password);
  if (!owned) {
    throw new Error(
      `Another Holdfast is running on ${place.folder}: stop it first, or name another folder by HOLDFAST_DATA_DIR.`,
    );
  }
  log.info({ port, folder: place.folder, adopted: running !== null }, 'embedded PostgreSQL is up');
  const stop = async () => {
    await owned.disown();
    await runProgram(
      join(bin, 'pg_ctl'),
      ['-D', place.cluster, '-m', 'fast', '-w', '-t', '30', '-s', 'stop'],
      account,
    );
  };
  return { url: owned.url, port, adopted: running !== null, stop };
}
