import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  GraphQLNonNull,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';

/** A call's variables as they came, before anything was made of them. */
export type GivenVariables = Readonly<Record<string, unknown>>;

/** How many objects a list field can return: known from the document, or told by a variable of the call. */
export type Size = number | ((variables: GivenVariables) => number);

/** What a list without any bound of its own is taken to hold. */
export const UNBOUNDED_LIST = 10;
/** What a page holds whose field names no default. */
const DEFAULT_PAGE = 50;
const PAGE_ARGUMENTS = new Set(['first', 'last']);

const whole = (value: unknown, otherwise: number) =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, value) : otherwise;

const entries = (value: unknown, otherwise: number) =>
  Array.isArray(value) ? value.length : value == null ? otherwise : 1;

/** The literal that stands in the document, as the JSON that a variable would have carried. */
function literal(node: ValueNode): unknown {
  if (node.kind === Kind.INT) return Number(node.value);
  if (node.kind === Kind.LIST) return node.values;
  return node.kind === Kind.NULL ? null : node;
}

function sizeFrom(
  node: ValueNode | undefined,
  operation: OperationDefinitionNode,
  otherwise: number,
  read: (value: unknown, otherwise: number) => number,
): Size {
  if (!node) return otherwise;
  if (node.kind !== Kind.VARIABLE) return read(literal(node), otherwise);
  const name = node.name.value;
  const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  const unset = definition?.defaultValue ? read(literal(definition.defaultValue), otherwise) : otherwise;
  return (variables) => read(variables[name], unset);
}

const isList = (argument: GraphQLArgument) =>
  isListType(argument.type instanceof GraphQLNonNull ? argument.type.ofType : argument.type);

/** The page size that a field is asked for, or null where it has no `first` or `last`. */
export function pageSizeOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  operation: OperationDefinitionNode,
): Size | null {
  const arguments_ = field.args.filter(({ name }) => PAGE_ARGUMENTS.has(name));
  if (arguments_.length === 0) return null;
  const given = node.arguments?.find(({ name }) => PAGE_ARGUMENTS.has(name.value));
  const argument = arguments_.find(({ name }) => name === given?.name.value) ?? arguments_[0];
  return sizeFrom(given?.value, operation, whole(argument?.defaultValue, DEFAULT_PAGE), whole);
}

/** How many objects a list field returns for the list of keys that it is given, or null where it takes none. */
export function keysOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  operation: OperationDefinitionNode,
): Size | null {
  const argument = field.args.find(isList);
  const given = argument && node.arguments?.find(({ name }) => name.value === argument.name);
  return given ? sizeFrom(given.value, operation, UNBOUNDED_LIST, entries) : null;
}
