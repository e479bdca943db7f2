import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { freePort } from '../../src/infra/postgres/embedded-process.js';
import { eventually } from './eventually.js';

/** A Redis that the test may kill, pause and start again on the same port; nothing in it survives a stop. */
export interface PrivateRedis {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Stops its answers without closing a connection; `resume` lets it go on. */
  pause(): void;
  resume(): void;
}

async function answers(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } finally {
    client.disconnect();
  }
}

/** Starts one; the caller kills it in afterAll. */
export async function privateRedis(): Promise<PrivateRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  let child: ChildProcess | null = null;
  const runs = () => child !== null && child.exitCode === null && child.signalCode === null;
  const signal = (name: NodeJS.Signals) => {
    if (!runs()) throw new Error(`Redis does not run, so it gets no ${name}`);
    child?.kill(name);
  };
  const start = async () => {
    // A second one would end at the port in use, and the first could no longer be reached.
    if (runs()) throw new Error('Redis runs already');
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      tmpdir(),
    ];
    child = spawn('redis-server', args, { stdio: 'ignore' });
    await eventually(() => answers(url));
  };
  await start();
  return {
    url,
    start,
    async kill() {
      if (!child || !runs()) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
  };
}
