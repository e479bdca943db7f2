import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

/** What the caller has given that is of no use, as sentences. */
export class BadParameters {
  constructor(readonly sentences: readonly string[]) {}
}

export type Variables = Record<string, unknown>;

const isObject = (value: unknown): value is Variables =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The variables of an operation by their names, with their types. */
export function variableTypes(
  schema: GraphQLSchema,
  { variableDefinitions }: OperationDefinitionNode,
): Map<string, GraphQLInputType> {
  const named = (variableDefinitions ?? []).map(({ variable, type }) => {
    const found = typeFromAST(schema, type as never) as unknown;
    return isInputType(found) ? ([variable.name.value, found] as const) : null;
  });
  return new Map(named.filter((each) => each !== null));
}

/** Whether a value of this type is written as JSON in a query string: whatever has parts of its own. */
export function isJson(type: GraphQLInputType): boolean {
  const inner = getNullableType(type);
  return isListType(inner)
    ? isListType(getNullableType(inner.ofType)) || isJson(inner.ofType)
    : isInputObjectType(inner);
}

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** One value as JSON would have carried it; undefined for what cannot be one of this type. */
function readValue(text: string, type: GraphQLInputType): unknown {
  const { name } = getNamedType(type);
  if (name === 'Int' || name === 'Float') return NUMBER.test(text) ? Number(text) : undefined;
  if (name === 'Boolean') return text === 'true' || (text === 'false' ? false : undefined);
  return text;
}

function read(texts: readonly string[], type: GraphQLInputType): unknown {
  const [text = '', ...more] = texts;
  if (isJson(type)) {
    try {
      return more.length === 0 ? JSON.parse(text) : undefined;
    } catch {
      return undefined;
    }
  }
  if (isListType(getNullableType(type))) {
    const values = texts.map((each) => readValue(each, type));
    return values.includes(undefined) ? undefined : values;
  }
  return more.length === 0 ? readValue(text, type) : undefined;
}

/** The variables in a query string: texts as they are, lists by repetition, and objects as JSON. */
export function variablesIn(
  types: ReadonlyMap<string, GraphQLInputType>,
  query: URLSearchParams,
): Variables | BadParameters {
  const sentences: string[] = [];
  const variables: Variables = {};
  for (const name of new Set(query.keys())) {
    const type = types.get(name);
    const value = type && read(query.getAll(name), type);
    if (!type) sentences.push(`There is no parameter ${JSON.stringify(name)}.`);
    else if (value === undefined) sentences.push(`${name} is not a value of ${type}.`);
    else variables[name] = value;
  }
  return sentences.length > 0 ? new BadParameters(sentences) : variables;
}

/** The variables in the body of a POST; nothing where there is no body. */
export function variablesOf(
  types: ReadonlyMap<string, GraphQLInputType>,
  body: unknown,
): Variables | BadParameters {
  if (body == null) return {};
  if (!isObject(body)) return new BadParameters(['The body must be a JSON object.']);
  const unknown = Object.keys(body).filter((name) => !types.has(name));
  return unknown.length === 0
    ? { ...body }
    : new BadParameters(unknown.map((name) => `There is no parameter ${JSON.stringify(name)}.`));
}

const KEY = 'idempotencyKey';

/** The variable whose input takes an idempotency key; null where the operation takes none. */
export const keyedVariable = (types: ReadonlyMap<string, GraphQLInputType>): string | null => {
  for (const [name, type] of types) {
    const inner = getNullableType(type);
    if (isInputObjectType(inner) && inner.getFields()[KEY]) return name;
  }
  return null;
};

/** Puts the key of the header `Idempotency-Key`, bare or quoted, where the operation takes one. */
export function withKey(
  types: ReadonlyMap<string, GraphQLInputType>,
  variables: Variables,
  header: unknown,
): Variables | BadParameters {
  if (header === undefined) return variables;
  const key = String(header).replace(/^"(.*)"$/, '$1');
  const name = keyedVariable(types);
  if (name === null) return new BadParameters(['This operation takes no idempotency key.']);
  const input = variables[name] ?? {};
  if (!isObject(input)) return variables;
  if (input[KEY] != null && input[KEY] !== key)
    return new BadParameters(['The header Idempotency-Key and the body name two keys.']);
  return { ...variables, [name]: { ...input, [KEY]: key } };
}
