import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** Numbers from 0 on below 1; the same seed gives the same. */
export type Random = () => number;

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const oneOf = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

/** Texts that break what is careless: escapes, bidirectional marks, NUL, SQL, filters, paths, numbers, long ones. */
export const TEXTS = [
  '',
  ' ',
  'x',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  "'; drop table claim; --",
  '$1',
  '%_\\',
  '*)(uid=*))(|(uid=*',
  '../../../../etc/passwd',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '1e400',
  '-0',
  '2032-02-30T10:00:00Z',
  '2032-02-03T10:00:00Z',
  '2032-03-28T02:30:00+01:00',
  '9999-12-31T23:59:60Z',
  '0000-00-00T00:00:00Z',
  '2032-01-01',
  '24:00',
  '25:61',
  'Europe/Berlin',
  'Mars/Base',
  'FREQ=DAILY;COUNT=3',
  'FREQ=SECONDLY;INTERVAL=0',
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n',
  'somebody@example.com',
  'https://169.254.169.254/latest',
  'x'.repeat(5_000),
];

const NUMBERS = [
  0, -0, 1, -1, 2, 50, 200, 201, 2_147_483_647, -2_147_483_648, 2_147_483_648, 1e30, -1e-7, 0.5,
];

export interface Hostile {
  readonly random: Random;
  /** Ids that exist, beside the texts. */
  readonly ids: readonly string[];
  /** How many in a hundred leaves have a value of another type. */
  readonly wrongPercent: number;
}

/** Any JSON but what is wanted. */
export const anything = (random: Random): unknown =>
  oneOf(random, [null, true, 0, 'x', [], [[[]]], {}, { __typename: 'Query' }, 1e308, [null]]);

/** What the scalars of the schema are made of. */
const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  DateTime: [
    '2032-02-03T10:00:00Z',
    '2032-02-03T11:00:00Z',
    '2032-03-28T02:30:00+01:00',
    '1970-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
  ],
  LocalDate: ['2032-02-03', '2032-02-29', '9999-12-31', '0001-01-01'],
  TimeZone: ['UTC', 'Europe/Berlin', 'Pacific/Apia'],
  LocalTime: ['09:00', '24:00', '00:00'],
};

function leaf({ random, ids }: Hostile, type: GraphQLNamedType): unknown {
  const own = SCALARS[type.name];
  if (own && random() < 0.9) return oneOf(random, own);
  if (type.name === 'Int' && random() < 0.7) return 1 + Math.floor(random() * 50);
  if (isEnumType(type)) return oneOf(random, type.getValues()).name;
  if (type.name === 'Int' || type.name === 'Float') return oneOf(random, NUMBERS);
  if (type.name === 'Boolean') return random() < 0.5;
  if (type.name === 'ID') return random() < 0.6 ? oneOf(random, ids) : oneOf(random, TEXTS);
  return oneOf(random, TEXTS);
}

/** A value for an input, right by its type but for the odd wrong leaf. */
export function valueFor(hostile: Hostile, type: GraphQLInputType, depth = 0): unknown {
  const { random, wrongPercent } = hostile;
  if (isNonNullType(type)) return valueFor(hostile, type.ofType, depth);
  if (random() * 100 < wrongPercent) return anything(random);
  if (isListType(type)) {
    const length = random() < 0.02 ? 300 : Math.floor(random() * 4);
    return Array.from({ length }, () => valueFor(hostile, type.ofType, depth + 1));
  }
  if (!isInputObjectType(type)) return leaf(hostile, type);
  const given = Object.values(type.getFields()).filter(
    (field: GraphQLInputField) => isRequiredInputField(field) || random() < (depth > 3 ? 0.1 : 0.5),
  );
  return Object.fromEntries(given.map((field) => [field.name, valueFor(hostile, field.type, depth + 1)]));
}

/** An operation with its variables, valid by the schema but for the values. */
export interface RandomOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

type Field = GraphQLField<unknown, unknown>;

/** Writes selections, and gathers the variables that their arguments need. */
class Writer {
  readonly variables: { name: string; type: GraphQLInputType; value: unknown }[] = [];
  #left = 40;

  constructor(
    readonly schema: GraphQLSchema,
    readonly hostile: Hostile,
  ) {}

  field(field: Field, depth: number): string {
    const { random } = this.hostile;
    const given = field.args.filter((arg: GraphQLArgument) => isRequiredArgument(arg) || random() < 0.4);
    const args = given.map((arg) => `${arg.name}: $${this.#variable(arg)}`).join(', ');
    return `${field.name}${args ? `(${args})` : ''}${this.#selection(field.type, depth + 1)}`;
  }

  #variable({ type }: GraphQLArgument): string {
    const name = `v${this.variables.length}`;
    this.variables.push({ name, type, value: valueFor(this.hostile, type) });
    return name;
  }

  #selection(output: GraphQLOutputType, depth: number): string {
    const type = getNamedType(output);
    if (isLeafType(type)) return '';
    const objects = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [];
    const parts = isObjectType(type)
      ? this.#fields(type, depth)
      : objects.map(
          (object) => `... on ${object.name} { ${['__typename', ...this.#fields(object, depth)].join(' ')} }`,
        );
    return ` { ${['__typename', ...parts].join(' ')} }`;
  }

  #fields(type: GraphQLObjectType, depth: number): string[] {
    const { random } = this.hostile;
    return Object.values(type.getFields()).flatMap((field: Field) => {
      const isLeaf = isLeafType(getNamedType(field.type));
      const wanted = isLeaf ? 0.4 : depth > 3 ? 0 : 0.3;
      if (this.#left <= 0 || random() >= wanted) return [];
      this.#left -= 1;
      const written = this.field(field, depth);
      // Equal names with other arguments conflict; each alias counts against a limit.
      return written.includes('(') ? `f${this.#left}: ${written}` : written;
    });
  }
}

/** A random operation of one random root field, but for those named. */
export function randomOperation(
  schema: GraphQLSchema,
  kind: 'query' | 'mutation',
  hostile: Hostile,
  without: readonly string[] = [],
): RandomOperation {
  const root = (kind === 'query' ? schema.getQueryType() : schema.getMutationType()) as GraphQLObjectType;
  const writer = new Writer(schema, hostile);
  const fields = Object.values(root.getFields()).filter(({ name }) => !without.includes(name));
  const selected = writer.field(oneOf(hostile.random, fields), 0);
  const declared = writer.variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  return {
    query: `${kind} Fuzz${declared ? `(${declared})` : ''} { ${selected} }`,
    variables: Object.fromEntries(writer.variables.map(({ name, value }) => [name, value])),
  };
}

const STRAY = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '"""',
  '\\u',
  '$',
  '!',
  '...',
  '@',
  '#',
  '&',
  ':',
  '\u0000',
  '\ufeff',
  '💥',
  '1e',
  '[',
  ']',
];

/** The text with a few strokes of a careless or hostile pen. */
export function mangled(random: Random, text: string): string {
  let mangledText = text;
  for (let strokes = 1 + Math.floor(random() * 4); strokes > 0; strokes--) {
    const at = Math.floor(random() * (mangledText.length + 1));
    const cut = random() < 0.5 ? Math.floor(random() * 12) : 0;
    const put = random() < 0.7 ? oneOf(random, STRAY) : mangledText.slice(at, at + 20);
    mangledText = mangledText.slice(0, at) + put + mangledText.slice(at + cut);
  }
  return mangledText;
}
