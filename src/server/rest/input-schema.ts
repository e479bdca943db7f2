import { GraphQLNonNull, getNullableType, isNonNullType, type OperationDefinitionNode } from 'graphql';
import type { PersistedDocument } from '../../graphql/documents/persisted.js';
import type { Components } from './json-schema.js';
import { isJson, variableTypes } from './parameters.js';

/** The variables that a caller has to name: those that cannot be null and have no default. */
function requiredOf(components: Components, operation: OperationDefinitionNode): ReadonlySet<string> {
  const defaults = operation.variableDefinitions?.filter(({ defaultValue }) => defaultValue) ?? [];
  const given = new Set(defaults.map(({ variable }) => variable.name.value));
  const types = [...variableTypes(components.schema, operation)];
  return new Set(
    types.filter(([name, type]) => isNonNullType(type) && !given.has(name)).map(([name]) => name),
  );
}

/** The variables of a document in a query string. */
export function parametersOf(components: Components, { operation }: PersistedDocument): object[] {
  const required = requiredOf(components, operation);
  return [...variableTypes(components.schema, operation)].map(([name, type]) => {
    // There is no null in a query string: it is left out.
    const schema = components.input(new GraphQLNonNull(getNullableType(type)));
    const json = { content: { 'application/json': { schema } } };
    return { name, in: 'query', required: required.has(name), ...(isJson(type) ? json : { schema }) };
  });
}

/** The variables of a document in a body. */
export function bodyOf(components: Components, { operation }: PersistedDocument): object {
  const required = [...requiredOf(components, operation)];
  const types = [...variableTypes(components.schema, operation)];
  const schema = {
    type: 'object',
    properties: Object.fromEntries(types.map(([name, type]) => [name, components.input(type)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
  return { required: required.length > 0, content: { 'application/json': { schema } } };
}

export const KEY_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Makes retries safe: the same key with the same body gives the first answer again for 24 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};
