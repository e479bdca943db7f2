import { basename } from 'node:path';
import { logFile } from '../infra/log/file.js';
import { pinoLog } from '../infra/log/pino.js';
import { fileSegments } from '../infra/log/segments.js';
import type { Log } from '../ports/log.js';
import type { LogSegments } from '../ports/log-segments.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { Releases } from './releases.js';
import { onStopSignal } from './signals.js';

/** What a program's main function gets. */
export interface Program {
  readonly config: Config;
  readonly log: Log;
  /** What it logs into, where full files are to be stored; null: they are not. */
  readonly segments: LogSegments | null;
  /** Whatever is opened is registered here at once; see Releases. */
  readonly releases: Releases;
  /** Ends the program in order, as a signal does. */
  stop(reason: string, exitCode: number): void;
}

const DRAIN_LIMIT_MS = 15_000;

function configOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const sentence of error.sentences) console.error(sentence);
    process.exit(1);
  }
}

const sentenceOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The log of this program: on standard output, or in files of its own name. */
async function logOf({ logFile: to, logLevel: level, production }: Config) {
  if (to === null)
    return { log: pinoLog({ level, pretty: !production && process.stdout.isTTY === true }), segments: null };
  const program = basename(process.argv[1] ?? 'holdfast', '.js');
  const path = `${to.path}-${program}`;
  try {
    const file = await logFile({ ...to, path });
    const segments = to.isStored ? fileSegments(path, program, () => file.fd) : null;
    return { log: pinoLog({ level, pretty: false, to: file }), segments };
  } catch (error) {
    console.error(
      `LOG_FILE is "${to.path}", where nothing can be written (${(error as NodeJS.ErrnoException).code}); ` +
        'allowed is a path in a folder of our own.',
    );
    process.exit(1);
  }
}

/**
 * Runs a program: reads the configuration, calls `main`, and keeps the process until a signal. The first
 * signal lets go of everything in order; a second one, or 15 s without an end, forces it. A program that
 * fails to start says why in one sentence and exits with 1; so does one whose `main` resolves to `done`,
 * with 0.
 */
export async function run(main: (program: Program) => Promise<'done' | 'running'>): Promise<void> {
  const config = configOrExit();
  const { log, segments } = await logOf(config);
  const releases = new Releases();
  let ending: Promise<void> | null = null;

  const end = async (exitCode: number) => {
    setTimeout(() => {
      log.error({}, 'the drain takes too long: ending now');
      process.exit(1);
    }, DRAIN_LIMIT_MS).unref();
    try {
      await releases.all((name, error) => log.error({ error }, `${name} did not close`));
      process.exit(exitCode);
    } catch {
      process.exit(1);
    }
  };
  const stop = (reason: string, exitCode: number) => {
    if (ending) return;
    log.info({ reason }, 'stopping');
    ending = end(exitCode);
  };

  onStopSignal(
    (signal) => stop(signal, 0),
    (signal) => {
      log.warn({ signal }, 'second signal: ending now');
      process.exit(1);
    },
  );
  process.on('uncaughtException', (error) => {
    log.error({ error }, 'uncaught');
    stop('an uncaught error', 1);
  });

  try {
    const state = await main({ config, log, segments, releases, stop });
    if (state === 'done') stop('done', 0);
  } catch (error) {
    log.debug({ error }, 'start failed');
    console.error(sentenceOf(error));
    stop('the start has failed', 1);
  }
}
