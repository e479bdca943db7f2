import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** How a query gets to an object, and how its answer is walked to it. */
interface Way {
  /** The query with the place of the object's fields left open. */
  readonly wrap: (selection: string) => string;
  readonly steps: readonly string[];
}

type Field = GraphQLField<unknown, unknown>;
/** What an argument is given, as GraphQL prints it; null leaves it out, and the field where it is required. */
export type Given = (field: string, argument: GraphQLArgument) => string | null;

/** The arguments of a field, printed; null where one of them is unknown. */
function argumentsOf(owner: GraphQLNamedType, field: Field, given: Given): string | null {
  const printed: string[] = [];
  for (const argument of field.args) {
    const value = given(`${owner.name}.${field.name}`, argument);
    if (value !== null) printed.push(`${argument.name}: ${value}`);
    else if (isRequiredArgument(argument)) return null;
  }
  return printed.length === 0 ? '' : `(${printed.join(', ')})`;
}

/** The object types that a field may answer with. */
function objectsOf(schema: GraphQLSchema, field: Field): readonly GraphQLObjectType[] {
  const type = getNamedType(field.type);
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

/**
 * The shortest ways from the root to every object type that queries reach.
 * @param starts ways that are known already: by `node`, to what there is an id of
 */
function waysTo(schema: GraphQLSchema, given: Given, starts: ReadonlyMap<string, string>): Map<string, Way> {
  const root = schema.getQueryType() as GraphQLObjectType;
  const ways = new Map<string, Way>([[root.name, { wrap: (selection) => `{ ${selection} }`, steps: [] }]]);
  const queue: GraphQLObjectType[] = [root];
  for (const [name, id] of starts) {
    const wrap = (selection: string) => `{ node(id: "${id}") { ... on ${name} { ${selection} } } }`;
    ways.set(name, { wrap, steps: ['node'] });
    queue.push(schema.getType(name) as GraphQLObjectType);
  }
  for (let type = queue.shift(); type; type = queue.shift()) {
    const way = ways.get(type.name) as Way;
    for (const field of Object.values(type.getFields()) as Field[]) {
      const args = argumentsOf(type, field, given);
      if (args === null) continue;
      for (const object of objectsOf(schema, field)) {
        if (ways.has(object.name)) continue;
        ways.set(object.name, {
          wrap: (selection) => way.wrap(`${field.name}${args} { ... on ${object.name} { ${selection} } }`),
          steps: [...way.steps, field.name],
        });
        queue.push(object);
      }
    }
  }
  return ways;
}

/** One field of the schema, with a query that asks for it alone. */
export interface AskedField {
  readonly name: string;
  readonly query: string;
  readonly steps: readonly string[];
}

/** Every field of every object type that queries reach, and what they do not reach, by name. */
export function everyField(schema: GraphQLSchema, given: Given, starts: ReadonlyMap<string, string>) {
  const ways = waysTo(schema, given, starts);
  const asked: AskedField[] = [];
  const unasked: string[] = [];
  for (const type of Object.values(schema.getTypeMap()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const isRoot = type === schema.getMutationType() || type === schema.getSubscriptionType();
    if (!isObjectType(type) || type.name.startsWith('__') || isRoot) continue;
    const way = ways.get(type.name);
    for (const field of Object.values(type.getFields()) as Field[]) {
      const name = `${type.name}.${field.name}`;
      const args = argumentsOf(type, field, given);
      if (!way || args === null) {
        unasked.push(name);
        continue;
      }
      const inner = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
      const query = way.wrap(`${field.name}${args}${inner}`);
      asked.push({ name, query, steps: [...way.steps, field.name] });
    }
  }
  return { asked, unasked };
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const first = (value: unknown): unknown =>
  Array.isArray(value) ? value.find((each) => each !== null) : value;

/**
 * What an answer shows of the field: `shown`, `null` where it holds nothing for this viewer, `hidden` where the object itself
 * does not show or holds something else, or the code of the error.
 */
export function verdictOf({ steps }: AskedField, { data, errors }: Answer): string {
  if (errors?.length) return errors[0]?.extensions?.code ?? 'ERROR';
  let value = data;
  for (const [index, step] of steps.entries()) {
    const object = first(value) as Record<string, unknown> | null | undefined;
    if (object === null || object === undefined || !(step in object)) return 'hidden';
    value = object[step];
    if (index === steps.length - 1) return value === null ? 'null' : 'shown';
  }
  return 'hidden';
}
