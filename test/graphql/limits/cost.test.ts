import { buildSchema, getOperationAST, parse } from 'graphql';
import { planCost } from '../../../src/graphql/limits/cost.js';

const schema = buildSchema(/* GraphQL */ `
  interface Named { name: String, owner: Person }
  type Person implements Named { name: String, owner: Person, tags(first: Int): [String], friends(first: Int = 20): People!, pets: [Pet!]! }
  type Dog implements Named { name: String, owner: Person }
  type Cat { lives: Int, owner: Person }
  union Pet = Dog | Cat
  type People { nodes: [Person!]!, edges: [Edge!]!, pageInfo: Info!, total: Int }
  type Edge { node: Person! }
  type Info { more: Boolean }
  type Query {
    hello: String
    me: Person
    people(first: Int, last: Int): People!
    byIds(ids: [ID!]!): [Person!]!
    latest(first: Int! = 5): [Person!]!
    named: [Named!]!
  }
`);

const plan = (text: string) => {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return planCost(schema, document, operation);
};
const cost = (text: string, variables: Record<string, unknown> = {}) => plan(text).cost(variables);

describe('the cost of an operation', () => {
  it.each([
    ['scalars are free', '{ hello __typename }', 0],
    ['an object is one point', '{ me { name } }', 1],
    ['objects below each other add up', '{ me { owner { owner { name } } } }', 3],
    [
      'the nodes of a page count as often as the page is long',
      '{ people(first: 7) { nodes { owner { name } } } }',
      1 + 7 * 2,
    ],
    [
      'so do its edges, with what is in them',
      '{ people(first: 7) { edges { node { owner { name } } } } }',
      1 + 7 * 3,
    ],
    [
      'what is beside the page counts once',
      '{ people(first: 7) { total pageInfo { more } nodes { name } } }',
      1 + 1 + 7,
    ],
    ['last counts as first does', '{ people(last: 4) { nodes { name } } }', 1 + 4],
    [
      "a field's own default counts where nothing is asked for",
      '{ me { friends { nodes { name } } } }',
      1 + 1 + 20,
    ],
    ['fifty where there is none', '{ people { nodes { name } } }', 1 + 50],
    ['a list with first is as long as it', '{ latest { name } a: latest(first: 9) { name } }', 5 + 9],
    ['a list of keys tells how many come back', '{ byIds(ids: ["a", "b", "c"]) { owner { name } } }', 3 * 2],
    ['a single key is one', '{ byIds(ids: "a") { name } }', 1],
    ['a list without any bound counts ten', '{ me { pets { __typename } } }', 1 + 10],
    [
      'all kinds of a union count',
      '{ me { pets { ... on Dog { owner { name } } ... on Cat { owner { name } } } } }',
      1 + 10 * 3,
    ],
    ['fields of an interface count', '{ named { owner { name } } }', 10 * 2],
    [
      'fragments count where they are spread',
      '{ me { ...F } people(first: 2) { nodes { ...F } } } fragment F on Person { owner { name } }',
      2 + 1 + 2 * 2,
    ],
    ['a negative page costs nothing more than itself', '{ people(first: -5) { nodes { name } } }', 1],
    [
      'pages multiply',
      '{ people(first: 10) { nodes { friends(first: 10) { nodes { name } } } } }',
      1 + 10 * (1 + 1 + 10),
    ],
  ])('%s', (_rule, text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  it('follows the variables of the call', () => {
    const text =
      'query ($n: Int = 3, $ids: [ID!]!) { people(first: $n) { nodes { name } } byIds(ids: $ids) { name } }';
    expect(cost(text, { ids: ['a'] })).toBe(1 + 3 + 1);
    expect(cost(text, { n: 12, ids: ['a', 'b'] })).toBe(1 + 12 + 2);
    expect(cost(text, { n: 'nonsense', ids: 'a' })).toBe(1 + 3 + 1);
    expect(cost(text, {})).toBe(1 + 3 + 10);
  });

  it('tells the largest page, also of scalars', () => {
    expect(plan('{ people(first: 7) { nodes { friends(first: 9) { total } } } }').page({})).toBe(9);
    expect(plan('query ($n: Int) { me { tags(first: $n) } }').page({ n: 300 })).toBe(300);
    expect(plan('{ me { name } }').page({})).toBe(0);
  });
});
