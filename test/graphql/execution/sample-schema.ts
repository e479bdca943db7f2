import {
  buildASTSchema,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  parse,
} from 'graphql';

const sdl = /* GraphQL */ `
  scalar Instant
  enum Colour { RED GREEN }
  input Window { from: Instant!, to: Instant, colour: Colour = RED, n: Int! = 7, tags: [String!] = ["a"] }
  input Pick @oneOf { id: ID, name: String }
  interface Named { name: String! }
  type Cat implements Named { name: String!, lives: Int, friend: Named, mate: Cat }
  type Dog implements Named { name: String!, barks: Boolean!, owner: Person }
  union Pet = Cat | Dog
  type Person { id: ID!, name: String!, pets(first: Int = 2): [Pet!]!, nick: String, boss: Person, strict: Person! }
  type Query {
    echo(window: Window, n: Int! = 3, s: String, list: [Int], pick: Pick, at: Instant, colour: Colour): String
    needs(n: Int!): Int
    people(first: Int = 3): [Person!]!
    maybePeople: [Person]
    pet(kind: String!): Pet
    named(kind: String!): Named
    boom: String
    boomAsync: String
    boomNonNull: String!
    boomList: [String!]
    coded: String
    nested: [[Int!]]
    broken: Instant
    notAList: [Int]
    promises: [Int]
    strictPerson: Person
  }
  type Mutation { push(x: String!, ms: Int = 0): [String!]!, fail: String! }
  type Subscription { ticks: Int }
`;

interface PersonRow {
  readonly id: number;
  readonly name: string;
}
const person = (id: number): PersonRow => ({ id, name: `p${id}` });
const cat = { kind: 'Cat', name: 'Tom', lives: 9, mate: null };
const dog = { kind: 'Dog', name: 'Rex', barks: true };
const pets: Record<string, unknown> = {
  cat,
  dog,
  none: null,
  later: Promise.resolve(dog),
  alien: { kind: 'Alien' },
  odd: { kind: 'throw' },
  nameless: { kind: 'Cat', name: null },
};

export interface SampleContext {
  readonly log: string[];
}

const show = (args: object) =>
  JSON.stringify(Object.entries(args).sort(), (_key, inner) => (inner === undefined ? '<undefined>' : inner));

/** A resolver of a sample field: the arguments' types are those of the schema above. */
type Resolve = (source: never, args: never, ctx: SampleContext) => unknown;

const fields: Record<string, Record<string, Resolve>> = {
  Person: {
    nick: async ({ id }: PersonRow) => (id % 2 ? null : `n${id}`),
    pets: (_p, { first }: { first: number }) => [cat, Promise.resolve(dog), cat].slice(0, first),
    boss: ({ id }: PersonRow) => (id > 0 ? person(id - 1) : null),
    strict: ({ id }: PersonRow) => (id === 1 ? null : person(1)),
  },
  Cat: { friend: () => dog },
  Dog: { owner: async () => person(0) },
  Query: {
    echo: (_s, args) => show(args),
    needs: (_s, { n }: { n: number }) => n,
    people: (_s, { first }: { first: number }) => Array.from({ length: first }, (_, id) => person(id)),
    maybePeople: () => [person(0), null, Promise.resolve(person(2)), Promise.reject(new Error('lost'))],
    pet: (_s, { kind }: { kind: string }) => pets[kind],
    named: (_s, { kind }: { kind: string }) => pets[kind],
    boom: () => {
      throw new Error('boom');
    },
    boomAsync: async () => {
      throw new Error('later');
    },
    boomNonNull: async () => null,
    boomList: () => ['a', null],
    coded: () => {
      throw new GraphQLError('no', { extensions: { code: 'FORBIDDEN', more: 1 } });
    },
    nested: () => [[1, 2], null, [3, null]],
    broken: () => 'not an instant',
    notAList: () => 5,
    promises: () => [Promise.resolve(1), 2, Promise.reject(new Error('three'))],
    strictPerson: () => person(1),
  },
  Mutation: {
    push: async (_s, { x, ms }: { x: string; ms: number }, { log }) => {
      for (let i = 0; i < ms; i++) await new Promise(setImmediate);
      log.push(x);
      return [...log];
    },
    fail: async () => {
      throw new Error('failed');
    },
  },
};

/** A schema with everything in which a compiler of queries could differ from graphql-js. */
export function sampleSchema(): GraphQLSchema {
  const schema = buildASTSchema(parse(sdl));
  for (const [type, resolvers] of Object.entries(fields)) {
    const known = (schema.getType(type) as GraphQLObjectType).getFields();
    for (const [name, resolve] of Object.entries(resolvers))
      Object.assign(known[name] as object, { resolve });
  }
  for (const name of ['Pet', 'Named']) {
    (schema.getType(name) as { resolveType?: unknown }).resolveType = ({ kind }: { kind: string }) => {
      if (kind === 'throw') throw new Error('which type?');
      return kind;
    };
  }
  const instant = (value: unknown) => {
    if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) throw new TypeError('not an instant');
    return new Date(value);
  };
  Object.assign(schema.getType('Instant') as object, {
    parseValue: instant,
    parseLiteral: (node: { kind: Kind; value: unknown }) =>
      instant(node.kind === Kind.STRING ? node.value : null),
    serialize: (value: unknown) => instant(value).toISOString(),
  });
  return schema;
}
