import { readFileSync, writeFileSync } from 'node:fs';
import { type GraphQLArgument, getNamedType, graphql, isInterfaceType } from 'graphql';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { judgeRootField } from '../../src/graphql/permissions.js';
import { useDatabase } from '../kit/database.js';
import { everyField, verdictOf } from './access.js';
import { everythingOnce, LOOKERS } from './everything-once.js';

/** Written anew by UPDATE_ACCESS=1; whoever changes it says in the commit why. */
const FILE = 'test/security/access-matrix.txt';
const schema = buildHoldfastSchema();
const { ctx, viewers, ids } = await everythingOnce(await useDatabase());
const node = schema.getType('Node');
const nodes = isInterfaceType(node) ? schema.getPossibleTypes(node).map(({ name }) => name) : [];

const WINDOW = '{ startsAt: "2027-03-01T00:00:00Z", endsAt: "2027-03-08T00:00:00Z" }';
const BY_TYPE: Record<string, string> = {
  WindowInput: WINDOW,
  ClosurePreviewInput: '{ title: "x", startsLocal: "2027-03-04", endsLocal: "2027-03-05" }',
  RuleSetInput: `{ scope: { resourceId: "${ids.get('Resource')}" }, length: { mostMinutes: 60 } }`,
  WindowsFindInput: `{ within: ${WINDOW}, minutes: 60, needs: [{ count: 1 }] }`,
};

function given(field: string, { name, type }: GraphQLArgument): string | null {
  const named = getNamedType(type).name;
  if (BY_TYPE[named]) return BY_TYPE[named];
  if (name === 'resources') return `["${ids.get('Resource')}"]`;
  if (name === 'minutes' || name === 'stepMinutes') return '60';
  if (name === 'ids') return `["${ids.get('User')}"]`;
  if (field === 'Query.ruleRemovePreview') return `"${ids.get('Rule')}"`;
  const id = field === 'Query.node' ? ids.get('User') : ids.get(kindOf(field));
  return name === 'id' && id ? `"${id}"` : null;
}

/** `Query.resourceType` shows a ResourceType. */
const kindOf = (field: string) => {
  const [, name = ''] = field.split('.');
  return name.charAt(0).toUpperCase() + name.slice(1);
};

const { asked, unasked } = everyField(schema, given, ids);

async function row(each: (typeof asked)[number]): Promise<string[]> {
  const verdicts: string[] = [];
  for (const looker of LOOKERS) {
    const contextValue = { ...ctx, viewer: viewers[looker], signal: new AbortController().signal };
    const answer = await graphql({ schema, source: each.query, contextValue });
    verdicts.push(verdictOf(each, JSON.parse(JSON.stringify(answer))));
  }
  return verdicts;
}

function callable(name: string): string[] {
  return LOOKERS.map((looker) => {
    try {
      judgeRootField(name, viewers[looker]);
      return 'may call';
    } catch (error) {
      return String((error as { extensions?: { code?: string } }).extensions?.code);
    }
  });
}

it('has one object of each kind to look at', () => {
  expect(nodes.filter((name) => !ids.has(name))).toEqual([]);
});

it('shows every field to whom the committed matrix says, and calls are allowed to whom it says', async () => {
  const rows: [string, string[]][] = [];
  const unseen = [...unasked];
  for (const each of asked) {
    const verdicts = await row(each);
    if (verdicts.some((verdict) => verdict === 'shown' || verdict === 'null'))
      rows.push([each.name, verdicts]);
    else unseen.push(each.name);
  }
  expect(unseen.length).toBeLessThan(rows.length);
  for (const type of [schema.getMutationType(), schema.getSubscriptionType()])
    for (const { name } of Object.values(type?.getFields() ?? {}))
      rows.push([`${type?.name}.${name}`, callable(`${type?.name}.${name}`)]);
  const line = (name: string, verdicts: readonly string[]) =>
    [name.padEnd(52), ...verdicts.map((verdict) => verdict.padEnd(16))].join('').trimEnd();
  const text = [
    line('', LOOKERS),
    ...rows.map(([name, verdicts]) => line(name, verdicts)),
    '',
    'Not seen here, but in the answers of calls that the tests of those judge:',
    ...unseen.sort(),
    '',
  ].join('\n');
  if (process.env.UPDATE_ACCESS) writeFileSync(FILE, text);
  expect(text).toBe(readFileSync(FILE, 'utf8'));
}, 120_000);
