import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { canInstall, install } from './debian.mjs';

const answers = async (url) => {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: null,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 0,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
};

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const there = () => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

function installRedis() {
  if (!canInstall())
    throw new Error('The tests need a real Redis: install redis-server, or name one by TEST_REDIS_URL.');
  install('redis-server');
}

async function startRedis() {
  if (!there()) installRedis();
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for (let round = 0; !(await answers(url)); round++) {
    if (child.exitCode !== null || round > 100) throw new Error('redis-server does not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, stop };
}

/** `{ url, stop }` of a real Redis: the one that the environment names, else what answers, else one of our own. */
export async function findRedis() {
  const named = process.env.TEST_REDIS_URL || process.env.REDIS_URL;
  if (named) {
    if (await answers(named)) return { url: named, stop: async () => {} };
    throw new Error('The Redis that REDIS_URL names does not answer.');
  }
  const usual = 'redis://127.0.0.1:6379/0';
  if (await answers(usual)) return { url: usual, stop: async () => {} };
  return startRedis();
}
