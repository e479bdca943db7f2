import { readFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';

test('schema/schema.graphql is what the code makes', () => {
  const printed = `${printSchema(lexicographicSortSchema(buildHoldfastSchema()))}\n`;
  // "npm run schema" prints it anew; a change to it is a change of contract.
  expect(printed).toBe(readFileSync('schema/schema.graphql', 'utf8'));
});
