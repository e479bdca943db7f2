import { readFileSync } from 'node:fs';
import { functionLengths, sources } from './sources.js';

const MOST_LINES = 250;
const MOST_FUNCTION_LINES = 60;
const files = sources();

it('keeps files below 250 lines', () => {
  expect(files.length).toBeGreaterThan(200);
  const long = files.filter(({ text }) => text.split('\n').length - 1 > MOST_LINES);
  expect(long.map(({ path }) => path)).toEqual([]);
});

it('keeps functions below 60 lines', () => {
  const long = files
    // tabs.ts is long by the GraphQL documents that it shows.
    .filter(({ path }) => path.endsWith('.ts') && path !== 'src/playground/tabs.ts')
    .map(({ path, text }) => ({ path, most: functionLengths(text)[0] ?? 0 }))
    .filter(({ most }) => most > MOST_FUNCTION_LINES);
  expect(long).toEqual([]);
});

it('measures a function by its lines', () => {
  const body = Array.from({ length: 70 }, (_, line) => `  call(${line});`).join('\n');
  expect(
    functionLengths(`const before = 'ü';\nfunction long() {\n${body}\n}\nconst short = () => 1;\n`),
  ).toEqual([72, 1]);
});

it('names no file after nothing', () => {
  const vague = /\/(utils?|helpers?|common|manager|service|data|info|index)\.(ts|tsx)$/;
  expect(files.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
});

it('exports by name', () => {
  expect(files.filter(({ text }) => /^export default/m.test(text)).map(({ path }) => path)).toEqual([]);
});

/** The one reader, what gives it the environment, and what hands it on to the programs that it starts. */
const ENVIRONMENT = [
  'src/infra/postgres/embedded-process.ts',
  'src/main/cli.ts',
  'src/main/env.ts',
  'src/main/run.ts',
  'src/main/sweeper-child.ts',
];

it('reads the environment in one place', () => {
  const readers = files.filter(
    ({ path, text }) =>
      path.endsWith('.ts') && /process\.env\b/.test(text) && !path.startsWith('src/playground/'),
  );
  expect(readers.map(({ path }) => path).filter((path) => !ENVIRONMENT.includes(path))).toEqual([]);
});

it('documents every exported function of domain, sql and ports', () => {
  const undocumented = files
    .filter(({ path }) => /^src\/(domain|sql|ports)\//.test(path) && path.endsWith('.ts'))
    .flatMap(({ path, text }) => {
      const lines = text.split('\n');
      return lines.flatMap((line, index) =>
        /^export (async )?function /.test(line) && !/\*\/\s*$/.test(lines[index - 1] ?? '')
          ? [`${path}: ${line}`]
          : [],
      );
    });
  expect(undocumented).toEqual([]);
});

it('leaves nothing undone and no test switched off', () => {
  const all = [...files, ...sources('test').filter(({ path }) => !path.endsWith('style.test.ts'))];
  const left = all.filter(({ text }) =>
    /\b(TODO|FIXME|XXX)\b|\b(it|test|describe)\.(skip|only)\(/.test(text),
  );
  expect(left.map(({ path }) => path)).toEqual([]);
});

it('pins every dependency to one version, and keeps download addresses out of the lock file', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  ) as Record<string, Record<string, string>>;
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>;
  };
  expect(Object.values(lock.packages).filter(({ resolved }) => resolved?.startsWith('http'))).toEqual([]);
});

it('locks every platform that a package offers, so that a clean install works on each', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const paths = Object.keys(packages);
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter(
        (name) =>
          !paths.some(
            (locked) => locked === `node_modules/${name}` || locked.endsWith(`/node_modules/${name}`),
          ),
      )
      .map((name) => `${path || 'package.json'}: ${name}`),
  );
  expect(missing).toEqual([]);
});
