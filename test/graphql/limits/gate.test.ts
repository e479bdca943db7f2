import { buildSchema, parse } from 'graphql';
import { DocumentCache } from '../../../src/graphql/limits/documents.js';
import { Gate } from '../../../src/graphql/limits/gate.js';

const schema = buildSchema('type Query { hello(list: [Int]): String, again: Query }');
const admitted = (entered: ReturnType<Gate['enter']>) => {
  if (!('document' in entered)) throw new Error(entered.map(({ message }) => message).join('\n'));
  return entered;
};

describe('the gate', () => {
  it('reads each document once', () => {
    const gate = new Gate(schema, true);
    const first = admitted(gate.enter({ query: '{ hello }' }));
    expect(admitted(gate.enter({ query: '{ hello }' })).document).toBe(first.document);
    expect(admitted(gate.enter({ query: '{ hello  }' })).document).not.toBe(first.document);
  });

  it('names the operation that is meant', () => {
    const gate = new Gate(schema, true);
    const query = 'query A { hello } query B { again { hello } }';
    expect(admitted(gate.enter({ query, operationName: 'B' })).operation.name?.value).toBe('B');
    for (const operationName of [undefined, null, 'C', '__proto__']) {
      expect(gate.enter({ query, operationName })).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT' } },
      ]);
    }
  });

  it('refuses what is nested without end among the variables, and survives it', () => {
    const gate = new Gate(schema, true);
    let deep: unknown = 1;
    for (let i = 0; i < 10_000; i++) deep = [deep];
    const query = 'query ($list: [Int]) { hello(list: $list) }';
    expect(gate.enter({ query, variables: { list: deep } })).toMatchObject([
      { message: expect.stringContaining('nested'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('refuses documents of every hostile shape before the rules of GraphQL walk through them', () => {
    const gate = new Gate(schema, true);
    gate.enter({ query: '{ hello }' });
    for (const query of [
      `{ ${'again{hello}'.repeat(498)} }`,
      `{ ${'again{'.repeat(600)}hello${'}'.repeat(600)} }`,
      `{ again { ${'...F '.repeat(450)} } } fragment F on Query { ${'hello '.repeat(900)} }`,
      '{ '.repeat(50_000),
      `{ hello(list: ${'['.repeat(900)}${']'.repeat(900)}) }`,
    ]) {
      const refused = gate.enter({ query });
      if ('document' in refused) throw new Error(`let in: ${query.slice(0, 40)}`);
      expect(refused.map(({ extensions }) => extensions.code)).toContainEqual(
        expect.stringMatching(/^(BAD_USER_INPUT|COST_EXCEEDED)$/),
      );
      expect(refused.length).toBeLessThanOrEqual(5);
    }
  });
});

describe('the cache of documents', () => {
  it('forgets what was used least recently, by the length of the texts', () => {
    const cache = new DocumentCache(5_200);
    const keep = (text: string) => {
      cache.set(text, parse(text));
      return text;
    };
    const [a, b, c] = ['{ a }', '{ b }', '{ c }'].map(keep) as [string, string, string];
    expect(cache.get(a)).toBeDefined();
    const long = keep(`{ d } ${'#'.repeat(2_000)}`);
    expect([a, b, c, long].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true, true]);
  });
});
