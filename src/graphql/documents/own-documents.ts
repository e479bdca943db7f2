import type { Gate } from '../limits/gate.js';
import { type PersistedDocument, readPersisted } from './persisted.js';

/** The program's own documents: what its web app and its CLI run, and anybody may. */
export interface OwnDocuments {
  readonly byId: ReadonlyMap<string, PersistedDocument>;
  readonly byName: ReadonlyMap<string, PersistedDocument>;
}

/** `ReservationCreate` is called `reservation-create`, as its file is. */
const nameOf = (operation: string): string =>
  operation.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/**
 * Reads the documents by their ids.
 * @throws Error where one of them does not fit the schema: that is a bug, which stops the start
 */
export function readOwnDocuments(gate: Gate, texts: Readonly<Record<string, string>>): OwnDocuments {
  const documents = Object.entries(texts).map(([id, text]) => {
    const facts = { id, name: '', number: 1, deprecatedAt: null, endsAt: null };
    const read = readPersisted(gate, facts, text);
    if (!('document' in read))
      throw new Error(`a document of our own does not fit: ${text}: ${read.map(String).join(' ')}`);
    return { ...read, name: nameOf(read.operation.name?.value ?? '') };
  });
  const by = (key: (document: PersistedDocument) => string) =>
    new Map(documents.map((document) => [key(document), document]));
  return { byId: by(({ id }) => id), byName: by(({ name }) => name) };
}
