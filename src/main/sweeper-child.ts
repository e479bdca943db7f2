import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../ports/log.js';

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), 'sweeper.js');
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const STEADY_MS = 60_000;

/**
 * Runs the sweeper beside the api and starts it again whenever it ends. It gets no signal of the terminal
 * (a group of its own) and ends when this process does, since its channel closes then.
 */
export class SweeperChild {
  private child: ChildProcess | null = null;
  private retry: NodeJS.Timeout | null = null;
  private stopped = false;
  private pauseMs = SHORTEST_PAUSE_MS;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Log,
  ) {}

  start(): void {
    const { DATABASE_URL_FILE: _file, ...rest } = process.env;
    const startedAt = performance.now();
    this.child = spawn(process.execPath, ['--enable-source-maps', PROGRAM], {
      env: { ...rest, DATABASE_URL: this.databaseUrl },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    this.child.once('error', (error) => this.log.error({ error }, 'the sweeper does not start'));
    this.child.once('exit', (code, signal) => {
      this.child = null;
      if (this.stopped) return;
      if (performance.now() - startedAt > STEADY_MS) this.pauseMs = SHORTEST_PAUSE_MS;
      this.log.warn({ code, signal, pauseMs: this.pauseMs }, 'the sweeper has ended: starting it again');
      this.retry = setTimeout(() => this.start(), this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.retry) clearTimeout(this.retry);
    if (!this.child) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
