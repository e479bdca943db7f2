import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';

test('schema/schema.graphql is what the code makes', () => {
  const printed = `${printSchema(lexicographicSortSchema(buildHoldfastSchema()))}\n`;
  // "npm run schema" prints it anew; a change to it is a change of contract.
  expect(printed).toBe(readFileSync('schema/schema.graphql', 'utf8'));
});

test('src/client/generated is what schema and operations make', () => {
  const codegen = 'node_modules/@graphql-codegen/cli/cjs/bin.js';
  const run = spawnSync(process.execPath, [codegen, '--config', 'codegen.ts', '--check'], {
    encoding: 'utf8',
  });
  expect(run.stdout + run.stderr).not.toContain('stale');
  expect(run.status).toBe(0);
});
