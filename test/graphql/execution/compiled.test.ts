import { type ExecutionResult, execute, parse, validate } from 'graphql';
import { executeOperation } from '../../../src/graphql/execution/execute.js';
import { type SampleContext, sampleSchema } from './sample-schema.js';

const schema = sampleSchema();

const print = (result: ExecutionResult) =>
  JSON.parse(
    JSON.stringify({ data: result.data, errors: result.errors?.map((error) => error.toJSON()) ?? [] }),
  ) as { data: unknown; errors: { message: string; path?: (string | number)[]; extensions?: object }[] };

/** Order of errors across branches is not promised by GraphQL; the code that we add to refused variables is ours. */
const comparable = (result: ExecutionResult) => {
  const { data, errors } = print(result);
  const plain = errors.map(({ extensions, ...error }) => ({
    ...error,
    message: error.message.replaceAll('"', ''),
    ...(extensions && JSON.stringify(extensions) !== '{"code":"BAD_USER_INPUT"}' ? { extensions } : {}),
  }));
  return { data, errors: plain.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) };
};

/** Runs the third use of a document, which is compiled, beside graphql-js. */
async function both(text: string, variableValues?: Record<string, unknown>, operationName?: string) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const args = () => ({
    schema,
    document,
    contextValue: { log: [] } satisfies SampleContext,
    variableValues,
    operationName,
  });
  await executeOperation(args() as never);
  await executeOperation(args() as never);
  return {
    ours: comparable(await executeOperation(args() as never)),
    theirs: comparable(await execute(args() as never)),
  };
}

const AT = '2026-03-01T09:00:00.000Z';

const cases: readonly [
  text: string,
  variables?: Record<string, unknown> | undefined,
  operationName?: string,
][] = [
  ['{ __typename }'],
  ['{ echo }'],
  ['{ echo(s: null) }'],
  ['{ echo(s: "x", list: [1, null, 3], colour: GREEN) }'],
  ['{ echo(list: 4) }'],
  [`{ echo(at: "${AT}") }`],
  [`{ echo(window: { from: "${AT}" }) }`],
  [`{ echo(window: { from: "${AT}", n: 1, tags: "solo", colour: GREEN, to: null }) }`],
  ['{ echo(pick: { id: 4 }) }'],
  ['query ($w: Window) { echo(window: $w) }', { w: { from: AT } }],
  ['query ($w: Window) { echo(window: $w) }', { w: { from: AT, n: 9, tags: ['x'] } }],
  ['query ($w: Window) { echo(window: $w) }', { w: { from: 'nonsense' } }],
  ['query ($w: Window) { echo(window: $w) }', { w: { from: AT, unknown: 1 } }],
  ['query ($w: Window) { echo(window: $w) }', { w: { from: AT, n: null } }],
  ['query ($w: Window) { echo(window: $w) }', { w: null }],
  ['query ($w: Window) { echo(window: $w) }', {}],
  [`query ($w: Window = { from: "${AT}", n: 2 }) { echo(window: $w) }`],
  ['query ($p: Pick) { echo(pick: $p) }', { p: { id: 1 } }],
  ['query ($p: Pick) { echo(pick: $p) }', { p: { id: 1, name: 'x' } }],
  ['query ($p: Pick) { echo(pick: $p) }', { p: {} }],
  ['query ($p: Pick) { echo(pick: $p) }', { p: { id: null } }],
  ['query ($i: ID!) { echo(pick: { id: $i }) }', { i: 'z' }],
  ['query ($n: Int) { echo(n: $n) }', {}],
  ['query ($n: Int) { echo(n: $n) }', { n: null }],
  ['query ($n: Int = 5) { echo(n: $n) }'],
  ['query ($n: Int = 5) { needs(n: $n) }', { n: null }],
  ['query ($n: Int!) { needs(n: $n) }', {}],
  ['query ($n: Int!) { needs(n: $n) }', { n: 2.5 }],
  ['query ($n: Int!) { needs(n: $n) }', { n: '3' }],
  ['query ($n: Int!) { needs(n: $n) }', { n: 2 ** 31 }],
  ['query ($n: Int, $t: String!) { echo(window: { from: "2026-03-01", n: $n, tags: [$t] }) }', { t: 'q' }],
  ['query ($n: Int = 8, $c: Colour) { echo(window: { from: "2026-03-01", n: $n, colour: $c }) }', {}],
  ['query ($n: Int = 8) { echo(window: { from: "2026-03-01", n: $n }) }', { n: null }],
  ['query ($c: Colour) { echo(colour: $c) }', { c: 'BLUE' }],
  ['query ($c: Colour) { echo(colour: $c) }', { c: 'RED' }],
  ['query ($l: [Int]) { echo(list: $l) }', { l: 3 }],
  ['query ($x: Int) { echo(list: [1, $x, 2]) }', {}],
  ['query ($a: Instant) { echo(at: $a) }', { a: AT }],
  ['query ($s: String) { echo(s: $s) }', { s: '__proto__' }],
  ['{ people { id name nick pets { __typename ... on Named { name } ... on Cat { lives } } } }'],
  [
    '{ people(first: 1) { pets(first: 1) { ... on Cat { friend { name ... on Dog { owner { id } } } mate { name } } } } }',
  ],
  ['query ($n: Int) { people(first: $n) { id boss { id boss { id } } } }', { n: 3 }],
  ['{ maybePeople { id } }'],
  ['{ strictPerson { strict { id } } }'],
  ['{ strictPerson { boss { strict { id strict { id } } } } }'],
  ['{ boom boomAsync coded }'],
  ['{ echo boomNonNull }'],
  ['{ boomList nested promises notAList broken }'],
  [
    '{ a: pet(kind: "cat") { __typename } b: pet(kind: "none") { __typename } c: pet(kind: "later") { ... on Dog { barks } } }',
  ],
  ['{ pet(kind: "nameless") { ... on Cat { name } } }'],
  ['query ($x: Boolean!) { echo @skip(if: $x) a: echo @include(if: $x) }', { x: true }],
  ['query ($x: Boolean!) { echo @skip(if: $x) a: echo @include(if: $x) }', { x: false }],
  ['query ($x: Boolean = true) { ...F @include(if: $x) __typename } fragment F on Query { echo }', {}],
  ['query ($x: Boolean!) { people { ... @skip(if: $x) { id } name @include(if: $x) } }', { x: true }],
  ['query A { echo } query B { boom }', undefined, 'B'],
  ['query A { echo } query B { boom }'],
  ['query A { echo } query B { boom }', undefined, 'C'],
  ['{ __proto__: echo constructor: echo toString: echo }'],
  [
    '{ __schema { queryType { name fields { name args { name defaultValue type { kind ofType { name } } } } } } }',
  ],
  ['{ __type(name: "Cat") { interfaces { name } } }'],
  [
    '{ people(first: 2) { ...P } } fragment P on Person { pets(first: 1) { ...C } } fragment C on Cat { name }',
  ],
  ['mutation { push(x: "a", ms: 3) }'],
  ['mutation ($x: String!) { push(x: $x) }', { x: 'v' }],
  ['mutation { a: push(x: "a", ms: 5) b: push(x: "b") c: push(x: "c", ms: 1) }'],
  ['mutation { ...M } fragment M on Mutation { a: push(x: "a", ms: 5) b: push(x: "b") }'],
  ['mutation { fail }'],
];

describe('compiled execution', () => {
  it.each(cases.map((given) => ({ given })))('answers $given as graphql-js does', async ({ given }) => {
    const [text, variables, operationName] = given;
    const { ours, theirs } = await both(text, variables, operationName);
    expect(ours).toEqual(theirs);
  });

  it.each(['pet', 'named'])('answers when it cannot tell the type of %s', async (field) => {
    for (const kind of ['alien', 'odd']) {
      const { ours, theirs } = await both(`{ ${field}(kind: "${kind}") { __typename } echo }`);
      expect(ours.data).toEqual(theirs.data);
      expect(ours.errors).toHaveLength(1);
    }
  });

  it('says BAD_USER_INPUT about variables that do not fit', async () => {
    const document = parse('query ($n: Int!) { needs(n: $n) }');
    for (let use = 0; use < 3; use++) {
      const result = await executeOperation({ schema, document, variableValues: { n: 'x' } });
      expect(result.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
      expect(result.data).toBeUndefined();
    }
  });

  it('never runs what a client has written as code', async () => {
    const marker = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
    const text = `{ echo(s: "${marker}globalThis.pwned=1") }`;
    const { ours } = await both(text);
    expect(ours.data).toEqual({
      echo: JSON.stringify([
        ['n', 3],
        ['s', `${marker}globalThis.pwned=1`],
      ]),
    });
    expect((globalThis as { pwned?: number }).pwned).toBeUndefined();
  });

  it('gives each call arguments of its own', async () => {
    const seen: unknown[] = [];
    const own = sampleSchema();
    const echo = own.getQueryType()?.getFields().echo;
    if (!echo) throw new Error('the sample has lost its echo');
    echo.resolve = (_source, args) => {
      seen.push(args.window);
      args.window.n = 99;
      return String(args.window.tags.push('more'));
    };
    const document = parse(`{ echo(window: { from: "${AT}" , tags: ["t"] }) }`);
    for (let use = 0; use < 4; use++) {
      expect((await executeOperation({ schema: own, document })).data).toEqual({ echo: '2' });
    }
    expect(new Set(seen).size).toBe(4);
  });
});
