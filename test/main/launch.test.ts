import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { eventually } from '../kit/eventually.js';
import { testFolder } from '../kit/program.js';

const LAUNCHER = 'src/main/launch.mjs';
const launched = (...args: string[]) =>
  spawnSync(process.execPath, [LAUNCHER, ...args], { encoding: 'utf8' });

function script(text: string): string {
  const path = join(testFolder(), 'script.mjs');
  writeFileSync(path, text);
  return path;
}

const started = (...args: string[]): ChildProcess & { said(): string } => {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  return Object.assign(child, { said: () => text });
};

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('runs the pinned Node with the arguments as they are, and exits as it does', () => {
  const path = script(
    'console.log(process.version, JSON.stringify(process.argv.slice(2))); process.exit(7);',
  );
  const run = launched(path, '--empty', 'two words');
  expect(run.stdout).toMatch(/^v24\.\d+\.\d+ \["--empty","two words"\]/);
  expect(run.status).toBe(7);
});

test('takes the current Node where none is pinned, if it is new enough', () => {
  const root = testFolder();
  mkdirSync(join(root, 'src/main'), { recursive: true });
  copyFileSync(LAUNCHER, join(root, 'src/main/launch.mjs'));
  const path = script('console.log(process.execPath)');
  const withNode = (version: string) =>
    spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}})`,
        join(root, 'src/main/launch.mjs'),
        path,
      ],
      { encoding: 'utf8' },
    );
  expect(withNode('22.17.0').stdout.trim()).toBe(process.execPath);
  const old = withNode('22.16.1');
  expect(old.status).toBe(1);
  expect(old.stderr).toMatch(/^Holdfast needs Node 22\.17 or newer: .* this is Node 22\.16\.1\.\n$/);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  'passes %s on and waits for the program to end in its own way',
  async (signal) => {
    const path = script(`
    setInterval(() => {}, 1000);
    process.on('${signal}', () => { console.log('drained'); process.exit(3); });
    console.log('ready');`);
    const child = started(path);
    await eventually(() => expect(child.said()).toContain('ready'));
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(3);
    expect(child.said()).toContain('drained');
  },
);

test('ends its program when its own parent is killed, as npm is by SIGTERM', async () => {
  const path = script(`
    setInterval(() => {}, 1000);
    console.log(process.pid, process.ppid);`);
  // The trailing command keeps the shell from becoming the launcher itself.
  const shell = spawn('sh', ['-c', `"${process.execPath}" ${LAUNCHER} "${path}"; true`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(shell.stdout, 'data');
  const [program, launcher] = String(line).trim().split(' ').map(Number) as [number, number];
  expect(alive(program)).toBe(true);
  shell.kill('SIGKILL');
  await eventually(() => expect([alive(program), alive(launcher)]).toEqual([false, false]));
});

test('reads a .env of the folder where asked to, and says nothing when there is none', () => {
  const cwd = testFolder();
  const path = script('console.log(String(process.env.KIT_COLOUR))');
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [resolve(LAUNCHER), ...args, path], { cwd, encoding: 'utf8' });
  expect(run('--dotenv')).toMatchObject({ stdout: 'undefined\n', stderr: '' });
  writeFileSync(join(cwd, '.env'), 'KIT_COLOUR=green\n');
  expect(run('--dotenv').stdout).toBe('green\n');
  expect(run().stdout).toBe('undefined\n');
});
