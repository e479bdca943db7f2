import {
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isIntrospectionType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Uses } from '../../domain/operations/usage-counter.js';

/** One text for each field of a schema, however many documents name it. */
const names = new WeakMap<GraphQLField<unknown, unknown>, string>();

function nameOf(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): string {
  const name = names.get(field) ?? `${parent.name}.${field.name}`;
  names.set(field, name);
  return name;
}

/** `Type.field` of every field that the operation names, each once and in order; introspection is left out. */
export function fieldsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly string[] {
  const found = new Set<string>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field(node) {
      const [parent, field] = [types.getParentType(), types.getFieldDef()];
      if (!parent || !field || isIntrospectionType(parent) || node.name.value.startsWith('__')) return;
      found.add(nameOf(parent, field));
    },
  });
  for (const node of document.definitions)
    if (node === operation || node.kind === Kind.FRAGMENT_DEFINITION) visit(node, visitor);
  return [...found].sort();
}

/** Goes away with the document, whose cache is bounded: see limits/documents.ts. */
const known = new WeakMap<OperationDefinitionNode, Uses>();

/** What an operation uses that came as text: worked out at its first run. */
export function usesOfText(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Uses {
  let uses = known.get(operation);
  if (!uses) {
    uses = { document: null, fields: fieldsOf(schema, document, operation) };
    known.set(operation, uses);
  }
  return uses;
}
