// Builds at every change and starts everything again. For work on Holdfast itself.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

const tsc = ['node_modules/typescript/bin/tsc', '-p', '.', '--watch', '--preserveWatchOutput'];
const start = ['--watch-path=dist', '--enable-source-maps', 'dist/main/start.js', ...process.argv.slice(2)];
const env = existsSync('.env') ? ['--env-file=.env'] : [];

const children = [tsc, [...env, ...start]].map((args) => spawn(process.execPath, args, { stdio: 'inherit' }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
  });
}
for (const child of children) child.on('exit', () => process.exit());
