import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';

/** One of our own programs, built and running as a process of its own. */
export interface Program {
  readonly pid: number;
  /** Everything it has printed so far. */
  output(): string;
  /** Its log lines so far. */
  lines(): LogLine[];
  /** Asks it to end; its exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Stops its threads without ending it; `resume` lets it go on. */
  pause(): void;
  resume(): void;
  /** Its exit code, once it has ended; null after a signal. */
  readonly ended: Promise<number | null>;
}

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [fact: string]: unknown;
}

export interface ProgramOptions {
  readonly databaseUrl: string;
  /** Without it wake-ups travel by PostgreSQL. */
  readonly redisUrl?: string;
  readonly clockFile?: string;
  readonly env?: Record<string, string>;
  /** Arguments after the program's name. */
  readonly args?: readonly string[];
}

/** Instances of one test share it, so that each opens the keys that another has sealed. */
export const SECRET = 'a secret of the tests that nobody else needs to know';
const START_MS = 20_000;

const running = new Set<ChildProcess>();
const folders: string[] = [];

afterAll(async () => {
  for (const child of running) {
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder of the test's own, removed at its end. */
export function testFolder(options: { mode?: number } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-kit-'));
  folders.push(folder);
  if (options.mode !== undefined) chmodSync(folder, options.mode);
  return folder;
}

const environment = (options: ProgramOptions): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOST: '127.0.0.1',
  PORT: '0',
  DATABASE_URL: options.databaseUrl,
  HOLDFAST_DATA_DIR: testFolder(),
  HOLDFAST_SECRET: SECRET,
  // Programs on one database hear each other, and those of other test files do not.
  HOLDFAST_REDIS_PREFIX: `${new URL(options.databaseUrl).pathname.slice(1)}:`,
  HOLDFAST_SIGN_INS_PER_ACCOUNT: '100000',
  HOLDFAST_SIGN_INS_PER_ADDRESS: '100000',
  HOLDFAST_OPERATIONS_PER_USER: '100000000',
  HOLDFAST_OPERATIONS_PER_ADDRESS: '100000000',
  HOLDFAST_REQUESTS_PER_ADDRESS: '100000000',
  ...(options.redisUrl && { REDIS_URL: options.redisUrl }),
  ...(options.clockFile && { HOLDFAST_TEST_CLOCK_FILE: options.clockFile }),
  ...options.env,
});

const parsed = (line: string): LogLine[] => {
  try {
    return [JSON.parse(line) as LogLine];
  } catch {
    return [];
  }
};

/** Starts a built program, `dist/main/<name>.js`, and waits for nothing. */
export function startProgram(name: string, options: ProgramOptions): Program {
  const args = ['--enable-source-maps', `dist/main/${name}.js`, ...(options.args ?? [])];
  const child = spawn(process.execPath, args, {
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  return {
    pid: child.pid as number,
    output: () => output,
    lines: () => output.split('\n').flatMap(parsed),
    ended,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

/** Waits for the log line; fails with all that was printed when the program ends before. */
export async function logged(program: Program, message: string, timeoutMs = START_MS): Promise<LogLine> {
  let over = false;
  void program.ended.then(() => {
    over = true;
  });
  const found = () => program.lines().find((line) => line.msg === message);
  const line = await eventually(() => {
    const seen = found();
    if (!seen && !over) throw new Error(`no "${message}" after ${timeoutMs} ms:\n${program.output()}`);
    return seen;
  }, timeoutMs);
  if (!line) throw new Error(`ended without "${message}":\n${program.output()}`);
  return line;
}

export interface Api extends Program {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  /** `ws://127.0.0.1:41234/graphql` */
  readonly wsUrl: string;
  readonly port: number;
}

/** Starts an api on a free port and resolves when it listens. */
export async function startApi(options: ProgramOptions): Promise<Api> {
  const program = startProgram('api', options);
  const { port } = await logged(program, 'listening');
  return {
    ...program,
    port: Number(port),
    url: `http://127.0.0.1:${port}`,
    wsUrl: `ws://127.0.0.1:${port}/graphql`,
  };
}

/** Starts a sweeper, by default with a round every 100 ms, and resolves when it sweeps. */
export async function startSweeper(options: ProgramOptions): Promise<Program> {
  const env = { HOLDFAST_SWEEP_INTERVAL_MS: '100', ...options.env };
  const program = startProgram('sweeper', { ...options, env });
  await logged(program, 'sweeping');
  return program;
}
