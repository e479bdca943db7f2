import { type DocumentNode, type GraphQLError, Kind, type OperationDefinitionNode } from 'graphql';
import type { Uses } from '../../domain/operations/usage-counter.js';
import { badUserInput } from '../errors.js';
import type { AdmittedOperation, Gate } from '../limits/gate.js';
import { fieldsOf } from './fields-of.js';

/** What is known of a document before it is read. */
export interface DocumentFacts {
  /** `sha256:…` */
  readonly id: string;
  /** By which REST and people call it. */
  readonly name: string;
  readonly number: number;
  /** From when on (ms) its callers are told to leave it, and from when on it is refused; null for never. */
  readonly deprecatedAt: number | null;
  readonly endsAt: number | null;
}

/** A document that runs by its id or name: one operation, read and checked against the schema. */
export interface PersistedDocument extends DocumentFacts {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly uses: Uses;
}

/** One call of it that may be executed. */
export interface AdmittedDocument extends AdmittedOperation {
  readonly persisted: PersistedDocument;
}

/** Reads a document that has exactly one operation, by every rule that one has to pass that comes as text. */
export function readSingle(
  gate: Gate,
  text: string,
):
  | { readonly document: DocumentNode; readonly operation: OperationDefinitionNode }
  | readonly GraphQLError[] {
  const document = gate.check(text);
  if (!('kind' in document)) return document;
  const [operation, ...more] = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation || more.length > 0) return [badUserInput('The document must have exactly one operation.')];
  return { document, operation };
}

/** The document behind the facts, or what is wrong with it by the schema of now. */
export function readPersisted(
  gate: Gate,
  facts: DocumentFacts,
  text: string,
): PersistedDocument | readonly GraphQLError[] {
  const read = readSingle(gate, text);
  if (!('document' in read)) return read;
  const fields = fieldsOf(gate.schema, read.document, read.operation);
  return { ...facts, ...read, uses: { document: facts.id, fields } };
}
