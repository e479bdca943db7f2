// Builds the playground into dist/playground, unless what is there was built from the same inputs.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..');
const target = join(project, 'dist', 'playground');
const STAMP = 'inputs.txt';
const LIBRARIES = [
  'graphiql',
  '@graphiql/react',
  '@graphiql/toolkit',
  'monaco-editor',
  'monaco-graphql',
  'graphql',
  'graphql-ws',
  'react',
  'react-dom',
  'vite',
];

async function fingerprint() {
  const hash = createHash('sha256');
  for (const name of (await readdir(here)).sort()) hash.update(name).update(await readFile(join(here, name)));
  for (const name of LIBRARIES) {
    const { version } = JSON.parse(
      await readFile(join(project, 'node_modules', name, 'package.json'), 'utf8'),
    );
    hash.update(`${name}@${version}\n`);
  }
  return hash.digest('hex');
}

async function bundle(outDir) {
  // React is built for whatever this says, and a test run says "test".
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: here,
    base: '/playground/',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 8_000,
    },
  });
}

const inputs = await fingerprint();
const built = await readFile(join(target, STAMP), 'utf8').catch(() => '');
if (built !== inputs) {
  // Built aside and moved into place, so that nobody ever serves half of it.
  const aside = `${target}.${process.pid}`;
  await mkdir(dirname(target), { recursive: true });
  await bundle(aside);
  await writeFile(join(aside, STAMP), inputs);
  await rm(target, { recursive: true, force: true });
  await rename(aside, target).catch(() => rm(aside, { recursive: true, force: true }));
}
