import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Host } from '../../src/cli/host.js';
import { eventually } from './eventually.js';
import { testFolder } from './program.js';

/** What a command line has printed, and how it has ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One that goes on. */
export interface Running {
  output(): string;
  errors(): string;
  /** Its output, once it has this in it. */
  told(what: string): Promise<string>;
  interrupt(): Promise<number | null>;
}

/** The built program as somebody uses it who has a configuration folder of their own. */
export interface CommandLine {
  readonly folder: string;
  run(...args: string[]): Promise<Ran>;
  /** With this on standard input. */
  given(input: string, ...args: string[]): Promise<Ran>;
  start(...args: string[]): Running;
}

export function commandLine(env: Record<string, string> = {}): CommandLine {
  const folder = testFolder();
  const spawned = (args: string[]) =>
    spawn(process.execPath, ['dist/main/cli.js', ...args], {
      env: { PATH: process.env.PATH ?? '', TZ: 'Pacific/Auckland', HOLDFAST_CONFIG_DIR: folder, ...env },
    });
  const begun = (input: string, args: string[]) => {
    const child = spawned(args);
    const told = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text) => (told[stream] += text));
    // Whoever does not read it ends before it comes.
    child.stdin.on('error', () => undefined).end(input);
    return { child, told, ended: once(child, 'close').then(([code]) => code as number | null) };
  };
  const given = async (input: string, ...args: string[]) => {
    const { told, ended } = begun(input, args);
    const code = await ended;
    return { code, ...told };
  };
  return {
    folder,
    given,
    run: (...args) => given('', ...args),
    start: (...args) => {
      const { child, told, ended } = begun('', args);
      return {
        output: () => told.stdout,
        errors: () => told.stderr,
        told: async (what) => {
          await eventually(() => expect(told.stdout).toContain(what));
          return told.stdout;
        },
        interrupt: () => {
          child.kill('SIGINT');
          return ended;
        },
      };
    },
  };
}

/** A terminal: what is typed into it, and what is on it. */
export function terminal(args: string[], folder: string, env: Record<string, string> = {}) {
  const stream = () =>
    Object.assign(new PassThrough(), { isTTY: true, columns: 100, rows: 40, setRawMode: () => undefined });
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  let [result, talk] = ['', ''];
  stdout.on('data', (text) => (result += text));
  stderr.on('data', (text) => (talk += text));
  const host: Host = {
    args,
    env,
    folder,
    version: '0.0.0',
    stdin: stdin as unknown as ReadStream,
    stdout: stdout as unknown as WriteStream,
    stderr: stderr as unknown as WriteStream,
  };
  return {
    host,
    result: () => result,
    talk: () => talk,
    /** Types a line once it is asked for. */
    async answer(question: string, line: string) {
      const before = talk.length;
      await eventually(() => expect(talk).toContain(question));
      stdin.write(`${line}\r`);
      await eventually(() => expect(talk.length).toBeGreaterThan(before));
    },
  };
}
