import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Starts one of our programs or peers as a process of its own and waits until it listens. What it logs goes to
 * a file, as it would in production.
 */
export async function start(script, env, args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-'));
  const file = join(folder, 'log');
  const log = openSync(file, 'w');
  const began = performance.now();
  const child = spawn(process.execPath, [...args, script], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', log, 'inherit'],
  });
  let over = false;
  child.once('exit', () => {
    over = true;
  });
  let line;
  while (!line) {
    await pause(5);
    const lines = readFileSync(file, 'utf8').split('\n');
    line = lines.slice(0, -1).find((each) => each.includes('"listening"'));
    if (over) throw new Error(`${script} ended:\n${lines.join('\n')}`);
  }
  const { port } = JSON.parse(line);
  return {
    port,
    url: `http://127.0.0.1:${port}/graphql`,
    pid: child.pid,
    startMs: performance.now() - began,
    /** Memory that the process holds right now, in MiB. */
    rss: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
