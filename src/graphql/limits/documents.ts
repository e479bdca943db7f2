import type { DocumentNode } from 'graphql';

/** What an entry takes besides its text, so that many short ones are bounded too. */
const EACH = 1_024;

/**
 * Documents that have passed every rule, by their text; the least recently used go first. Bounded by the
 * length of the texts, because what is kept of a document (its tree, its compiled form) grows with it.
 */
export class DocumentCache {
  private readonly kept = new Map<string, DocumentNode>();
  private size = 0;

  constructor(private readonly capacity = 4 * 1024 * 1024) {}

  get(text: string): DocumentNode | undefined {
    const document = this.kept.get(text);
    if (!document) return undefined;
    this.kept.delete(text);
    this.kept.set(text, document);
    return document;
  }

  /** Keeps a valid document, and forgets others when there is no room. */
  set(text: string, document: DocumentNode): void {
    if (this.kept.has(text)) return;
    this.kept.set(text, document);
    this.size += text.length + EACH;
    for (const oldest of this.kept.keys()) {
      if (this.size <= this.capacity) break;
      this.kept.delete(oldest);
      this.size -= oldest.length + EACH;
    }
  }
}
