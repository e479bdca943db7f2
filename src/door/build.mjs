// Builds the scripts of the pages at doors into dist/pages, each one file.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, '..', '..');
const target = join(project, 'dist', 'pages');
const NAMES = ['check-in', 'display'];

/** The ids of our own documents by the names of their operations: the pages have no texts of them. */
async function documentIds() {
  const texts = JSON.parse(
    await readFile(join(project, 'src', 'client', 'generated', 'persisted-documents.json'), 'utf8'),
  );
  const nameOf = (text) => /\b(?:query|mutation|subscription) (\w+)/.exec(text)?.[1];
  const used = await readFile(join(here, 'documents.ts'), 'utf8');
  const named = Object.entries(texts).map(([id, text]) => [nameOf(text), id]);
  return Object.fromEntries(named.filter(([name]) => used.includes(`${name}: `)));
}

async function bundle(name, define) {
  const { output } = await build({
    configFile: false,
    root: here,
    logLevel: 'error',
    define,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: { input: join(here, `${name}.ts`), output: { entryFileNames: '[name].js' } },
    },
  });
  return output[0].code;
}

await mkdir(target, { recursive: true });
const define = { DOCUMENT_IDS: JSON.stringify(await documentIds()) };
for (const name of NAMES) {
  // Written aside and moved into place, so that nobody ever serves half of it.
  const aside = join(target, `${name}.${process.pid}`);
  await writeFile(aside, await bundle(name, define));
  await rename(aside, join(target, `${name}.js`));
}
