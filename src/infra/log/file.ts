import type { DestinationStream } from 'pino';

export interface LogFileOptions {
  /** Without number and ending: `/var/log/holdfast/api` gives `api.1.log`, `api.2.log` …, the highest the newest. */
  readonly path: string;
  readonly megabytes: number;
  /** How many full ones are kept beside the one that is written to. */
  readonly count: number;
}

/** How often it is told that nothing can be written. */
const AGAIN_MS = 60_000;

/**
 * Files of one JSON object a line that are rolled by size. Readable by their owner alone. A disk that is full costs lines and says so on
 * standard error, and stops nothing.
 * @throws Error with a code when the first file cannot be opened
 */
export async function logFile({
  path,
  megabytes,
  count,
}: LogFileOptions): Promise<DestinationStream & { readonly fd: number }> {
  // Loaded where it is wanted: it brings a library of dates along.
  const { default: roll } = await import('pino-roll');
  const stream = await roll({
    file: `${path}.log`,
    size: `${megabytes}m`,
    limit: { count, removeOtherLogFiles: true },
    mkdir: true,
    sync: true,
    mode: 0o600,
  });
  let told = Number.NEGATIVE_INFINITY;
  stream.on('error', (error: Error) => {
    if (performance.now() - told < AGAIN_MS) return;
    told = performance.now();
    process.stderr.write(`A line of the log could not be written: ${error.message}\n`);
  });
  return stream;
}
