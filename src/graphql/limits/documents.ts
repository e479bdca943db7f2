import { hash } from 'node:crypto';
import type { DocumentNode } from 'graphql';

interface Kept {
  readonly document: DocumentNode;
  readonly size: number;
}

/** The fingerprint under which a document is kept: SHA-256 of its text, in hex, as Apollo computes it. */
export const fingerprint = (text: string): string => hash('sha256', text, 'hex');

/**
 * Documents that have passed every rule, by the fingerprint of their text; the least recently used go first.
 * Bounded by the length of the texts, because what is kept of a document (its tree, its compiled form) grows
 * with it.
 */
export class DocumentCache {
  private readonly kept = new Map<string, Kept>();
  private size = 0;

  constructor(private readonly capacity = 4 * 1024 * 1024) {}

  get(key: string): DocumentNode | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found.document;
  }

  /** Keeps a valid document, and forgets others when there is no room. */
  set(key: string, document: DocumentNode): void {
    if (this.kept.has(key)) return;
    const size = (document.loc?.source.body.length ?? 0) + 1024;
    this.kept.set(key, { document, size });
    this.size += size;
    for (const [oldest, { size: freed }] of this.kept) {
      if (this.size <= this.capacity) break;
      this.kept.delete(oldest);
      this.size -= freed;
    }
  }
}
