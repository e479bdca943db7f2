import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { badUserInput } from '../errors.js';

/** What clients of Apollo and urql send in `extensions.persistedQuery`. */
export interface AutomaticQuery {
  readonly version?: unknown;
  readonly sha256Hash?: unknown;
}

/** Clients know these errors by their messages. */
const said = (message: string, code: string) => new GraphQLError(message, { extensions: { code } });
const notFound = () => said('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND');
export const automaticRefused = () => said('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED');

const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Automatic persisted queries: whoever sends a text with its hash may send the hash alone from then on, to this
 * process. For development, since anybody can register anything that way; the least recently used go first.
 */
export class AutomaticDocuments {
  private readonly texts = new Map<string, string>();
  private size = 0;

  /** The text that is meant, or the error by which the client knows that it has to send it along. */
  read({ version, sha256Hash: hash }: AutomaticQuery, query: string | null): string | GraphQLError {
    if (version !== 1 || typeof hash !== 'string') return automaticRefused();
    if (query) {
      if (createHash('sha256').update(query).digest('hex') !== hash)
        return badUserInput('The hash is not that of the document.');
      this.keep(hash, query);
      return query;
    }
    const known = this.texts.get(hash);
    if (known === undefined) return notFound();
    this.texts.delete(hash);
    this.texts.set(hash, known);
    return known;
  }

  private keep(hash: string, text: string): void {
    if (this.texts.has(hash)) return;
    this.texts.set(hash, text);
    this.size += text.length;
    for (const [oldest, old] of this.texts) {
      if (this.size <= MOST_BYTES) break;
      this.texts.delete(oldest);
      this.size -= old.length;
    }
  }
}
