import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, as } from './embedded-account.js';
import type { Place } from './embedded-place.js';

const run = promisify(execFile);

/** Runs one of PostgreSQL's programs to its end; what it said is in the error. */
export async function runProgram(program: string, args: readonly string[], account: Account): Promise<void> {
  try {
    await run(program, args, { cwd: '/', env: { ...process.env, LC_ALL: 'C' }, ...as(account) });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} failed: ${(stderr || stdout || String(error)).trim()}`, { cause: error });
  }
}

/** A port that nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The port of the server that runs on the cluster, by its own postmaster.pid, or null. */
export function runningPort(place: Place): number | null {
  try {
    const lines = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n');
    const port = Number(lines[3]);
    return alive(Number(lines[0])) && port > 0 ? port : null;
  } catch {
    return null;
  }
}

/** The end of the server's log, for an error that somebody will read. */
export function lastWords(place: Place): string {
  try {
    return readFileSync(place.log, 'utf8').trimEnd().split('\n').slice(-3).join(' | ');
  } catch {
    return 'no log';
  }
}
