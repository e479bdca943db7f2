import type { GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Scope } from '../../domain/scopes.js';
import type { OperationKind } from '../../sql/operations/operation-row.js';
import { fieldsOf } from '../documents/fields-of.js';
import { readSingle } from '../documents/persisted.js';
import { Gate } from '../limits/gate.js';
import { scopes } from '../scopes.js';

/** What a text is by the schema: what it does, and which scopes it needs (null: one that no client has). */
export interface ReadDocument {
  readonly kind: OperationKind;
  readonly scopes: readonly (Scope | null)[];
}

const gates = new WeakMap<GraphQLSchema, Gate>();

/** Documents are registered for years: they do not look into the schema, whatever the gate of today lets in. */
function gateOf(schema: GraphQLSchema): Gate {
  const gate = gates.get(schema) ?? new Gate(schema, false);
  gates.set(schema, gate);
  return gate;
}

const kindOf = ({ operation }: OperationDefinitionNode) => operation.toUpperCase() as OperationKind;

/** Reads a document and checks it as every operation is, with no variables set; the errors say what is wrong with it. */
export function readDocument(schema: GraphQLSchema, text: string): ReadDocument | readonly GraphQLError[] {
  const gate = gateOf(schema);
  const read = readSingle(gate, text);
  if (!('document' in read)) return read;
  const { document, operation } = read;
  const admitted = gate.admit(document, {});
  if (!('document' in admitted)) return admitted;
  const root = schema.getRootType(operation.operation)?.name;
  const roots = fieldsOf(schema, document, operation).filter((field) => field.startsWith(`${root}.`));
  return { kind: kindOf(operation), scopes: [...new Set(roots.map((field) => scopes[field] ?? null))] };
}
