// Starts a program under the Node that package-lock.json pins, whatever Node runs npm. Plain JavaScript for
// old runtimes: this is the only file that they read. npm dies on SIGTERM without telling its child, so the
// program is stopped here when its parent is gone.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OLDEST = [22, 17];
const ORPHAN_CHECK_MS = 500;
const GRACE_MS = 15_000;

function pinnedNode() {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return [`node-${os}-${process.arch}`, `node-bin-${os}-${process.arch}`]
    .map((name) => join(ROOT, 'node_modules', name, 'bin', file))
    .find((path) => existsSync(path));
}

function currentNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return enough ? process.execPath : undefined;
}

const node = pinnedNode() ?? currentNode();
if (!node) {
  console.error(
    `Holdfast needs Node ${OLDEST.join('.')} or newer: there is no pinned Node for ${process.platform}-${process.arch} ` +
      `in node_modules (npm ci installs it where there is one), and this is Node ${process.versions.node}.`,
  );
  process.exit(1);
}

// `--dotenv` stands for Node's own --env-file where there is a .env; its --env-file-if-exists mentions a
// missing one at every start.
const dotenv = existsSync('.env') ? ['--env-file=.env'] : [];
const args = process.argv.slice(2).flatMap((arg) => (arg === '--dotenv' ? dotenv : [arg]));

const child = spawn(node, args, { stdio: 'inherit' });

// Ctrl-C in a terminal reaches the child as well, and so does a service manager's signal to the whole group:
// our programs take two signals of one moment for one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
}, ORPHAN_CHECK_MS);
watch.unref();

child.on('error', (error) => {
  console.error(`${node} does not start: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
