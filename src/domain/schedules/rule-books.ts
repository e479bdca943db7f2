import { type Placement, readPlacements } from '../../sql/rules/read-placements.js';
import { readRuleBook } from '../../sql/rules/read-rule-book.js';
import type { Database, Queryable } from '../../sql/statement.js';
import { RuleBook } from './rule-book.js';

/** Where resources stand, by id; forgotten with the version of the book that it belongs to. */
type Placements = Map<string, Placement>;

const MOST_PLACEMENTS = 50_000;

const books = new WeakMap<Queryable, RuleBooks>();

/** The one copy of the rule book that this process keeps of the database. */
export function ruleBooksOf(db: Queryable): RuleBooks {
  const known = books.get(db) ?? new RuleBooks(db);
  books.set(db, known);
  return known;
}

/** Lets a transaction begin with the process's copy; what it reads anew, its own changes included, stays its own. */
export function lendRuleBooks(db: Database, tx: Queryable): void {
  books.set(tx, ruleBooksOf(db).lentTo(tx));
}

/**
 * The process's copy of the rule book. It may be old: whoever decides by it has PostgreSQL compare its version
 * in the statement that reads or writes, and calls `renew` where that has moved on.
 */
export class RuleBooks {
  private book: Promise<RuleBook> | null = null;
  private placed: Placements = new Map();

  constructor(private readonly db: Queryable) {}

  /** The same copy, which reads anew by somebody else. */
  lentTo(db: Queryable): RuleBooks {
    const lent = new RuleBooks(db);
    lent.book = this.book;
    return lent;
  }

  /** The copy at hand, read once. */
  current(): Promise<RuleBook> {
    this.book ??= this.read();
    return this.book;
  }

  private async read(): Promise<RuleBook> {
    try {
      return new RuleBook(await readRuleBook(this.db));
    } catch (error) {
      this.book = null;
      throw error;
    }
  }

  /** Reads it anew, unless somebody has already done so since that version. */
  async renew(outdated: number): Promise<RuleBook> {
    const book = await this.current();
    if (book.version !== outdated) return book;
    this.book = null;
    this.placed = new Map();
    return this.current();
  }

  /** A book at least as new as that version, which some answer of the database named. */
  async atLeast(version: number): Promise<RuleBook> {
    const book = await this.current();
    return book.version >= version ? book : this.renew(book.version);
  }

  /** The book, and where these resources stand under it; unknown resources are missing. */
  async placing(
    ids: readonly string[],
  ): Promise<{ book: RuleBook; placements: ReadonlyMap<string, Placement> }> {
    for (;;) {
      const book = await this.current();
      const missing = ids.filter((id) => !this.placed.has(id));
      if (missing.length === 0) return { book, placements: this.placed };
      const { placed } = this;
      const { placements, bookVersion } = await readPlacements(this.db, missing);
      if (bookVersion !== null && bookVersion !== book.version) {
        await this.renew(book.version);
        continue;
      }
      if (placed.size > MOST_PLACEMENTS) placed.clear();
      for (const placement of placements) placed.set(placement.id, placement);
      return { book, placements: placed };
    }
  }
}
