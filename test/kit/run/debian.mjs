import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';

const POLICY = '/usr/sbin/policy-rc.d';

/** Whether this is a machine on which we may install Debian's packages. */
export const canInstall = () =>
  process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;

/** Debian's packages, without the services that they would start. */
export function install(...packages) {
  const hush = !existsSync(POLICY);
  if (hush) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
      const run = spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
      if (run.status !== 0) throw new Error(`apt-get ${args.join(' ')} failed: ${run.stderr}`);
    }
  } finally {
    if (hush) rmSync(POLICY);
  }
}
