import type { GraphQLError } from 'graphql';
import type { OperationBook } from '../../domain/operations/operation-book.js';
import { documentIdOf } from '../../domain/operations/operation-policy.js';
import { breathing } from '../../domain/time/breathing.js';
import type { Log } from '../../ports/log.js';
import type { OperationRow } from '../../sql/operations/operation-row.js';
import type { Gate } from '../limits/gate.js';
import { type PersistedDocument, readPersisted } from './persisted.js';

/** What a document is by the schema of now: one that runs, or the errors that say why it cannot. */
export type Judged = PersistedDocument | readonly GraphQLError[];

interface OfClient {
  readonly byId: Map<string, OperationRow>;
  /** The first number first. */
  readonly byName: Map<string, OperationRow[]>;
}

const msOf = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));
const keyOf = ({ id, version }: OperationRow): string => `${id} ${version}`;

function ofClient(rows: readonly OperationRow[]): OfClient {
  const inOrder = [...rows].sort((a, b) => a.number - b.number);
  return {
    byId: new Map(inOrder.map((row) => [documentIdOf(row.hash), row])),
    byName: Map.groupBy(inOrder, ({ name }) => name),
  };
}

/**
 * The documents that clients have registered and that are approved, each read when it has changed: at the start all of
 * them, in the background, so that those are told in the log that no longer fit the schema.
 */
export class RegisteredDocuments {
  private clients = new Map<string, OfClient>();
  private judged = new Map<string, Judged>();
  private searched: Promise<void> = Promise.resolve();

  constructor(
    private readonly book: OperationBook,
    private readonly gate: Gate,
    private readonly log: Log,
  ) {
    book.onChange((rows) => {
      const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
      this.clients = new Map([...byClient].map(([id, own]) => [id, ofClient(own)]));
      const kept = new Set(rows.map(keyOf));
      for (const key of this.judged.keys()) if (!kept.has(key)) this.judged.delete(key);
      this.searched = this.searched.then(() => this.search(rows));
    });
  }

  /**
   * The client's document with this id, or null.
   * @throws Unavailable while it is not known yet what is approved
   */
  byId(clientId: string, id: string): Judged | null {
    const row = this.of(clientId)?.byId.get(id);
    return row ? this.judge(row) : null;
  }

  /**
   * The client's document of this name: the one with that number, or the last one that has not ended by then (ms).
   * @throws Unavailable as above
   */
  byName(clientId: string, name: string, number: number | null, now: number): Judged | null {
    const named = this.of(clientId)?.byName.get(name) ?? [];
    const runs = ({ endsAt }: OperationRow) => (msOf(endsAt) ?? Number.POSITIVE_INFINITY) > now;
    const row = number === null ? named.findLast(runs) : named.find((one) => one.number === number);
    return row ? this.judge(row) : null;
  }

  /** All of a client that run, the first number of a name first. */
  all(clientId: string): PersistedDocument[] {
    const rows = [...(this.of(clientId)?.byId.values() ?? [])];
    return rows.map((row) => this.judge(row)).filter((judged) => 'document' in judged);
  }

  /** Bare ids of those that are approved and do not fit the schema. Resolves when all have been read. */
  async broken(): Promise<string[]> {
    await this.searched;
    return this.book.rows.filter((row) => !('document' in this.judge(row))).map(({ id }) => id);
  }

  private of(clientId: string): OfClient | null {
    return this.book.rows.length === 0 ? null : (this.clients.get(clientId) ?? null);
  }

  private judge(row: OperationRow): Judged {
    const known = this.judged.get(keyOf(row));
    if (known) return known;
    const { clientId, name, number, hash, deprecatedAt, endsAt } = row;
    const dates = { deprecatedAt: msOf(deprecatedAt), endsAt: msOf(endsAt) };
    const judged = readPersisted(this.gate, { id: documentIdOf(hash), name, number, ...dates }, row.text);
    this.judged.set(keyOf(row), judged);
    if (!('document' in judged)) {
      const problems = judged.map(({ message }) => message);
      this.log.warn({ clientId, name, number, problems }, 'an approved document does not fit the schema');
    }
    return judged;
  }

  private async search(rows: readonly OperationRow[]): Promise<void> {
    const breathe = breathing();
    for (const row of rows) {
      this.judge(row);
      await breathe();
    }
  }
}
