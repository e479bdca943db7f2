import { readFileSync } from 'node:fs';
import type { ReadStream, WriteStream } from 'node:tty';
import envPaths from 'env-paths';
import { EXIT } from '../cli/failure.js';
import { runCli } from '../cli/run.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.once('SIGINT', () => process.exit(EXIT.interrupted));
// Whoever reads the result may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed),
);

process.exitCode = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  folder: process.env.HOLDFAST_CONFIG_DIR || envPaths('holdfast', { suffix: '' }).config,
  version,
  stdin: process.stdin as ReadStream,
  stdout: process.stdout as WriteStream,
  stderr: process.stderr as WriteStream,
});
