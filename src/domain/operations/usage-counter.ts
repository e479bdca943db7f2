import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import { type CountedUsage, writeUsage } from '../../sql/operations/write-usage.js';
import type { Database } from '../../sql/statement.js';
import type { Ctx, Viewer } from '../act.js';

/** What one run of an operation uses. The same object each time, so that to count it is to find it. */
export interface Uses {
  /** `sha256:…` of a document of ours or a registered one; null for what came as text. */
  readonly document: string | null;
  /** `Type.field` of each field in it. */
  readonly fields: readonly string[];
}

export interface UsageCounterParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly flushMs?: number;
}

const FLUSH_MS = 5_000;
/** So many different operations are kept until the next flush; further ones are not counted, and that is logged. */
const MOST_USES = 2_000;

interface Seen {
  readonly clientId: string;
  address: string | null;
}

/** Nobody's client: people. */
const PEOPLE = '';

const add = <K>(counts: Map<K, number>, key: K, count: number) =>
  counts.set(key, (counts.get(key) ?? 0) + count);

/**
 * Counts what is used, in memory, and adds it to the day's counts in one statement every few seconds: what a process
 * has counted since is lost when it crashes. While the database is away it goes on counting.
 */
export class UsageCounter {
  private uses = new Map<Uses, Map<string, number>>();
  private secrets = new Map<string, Seen>();
  private left = 0;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: UsageCounterParts) {}

  start(): void {
    this.timer = setInterval(() => void this.flush(), this.parts.flushMs ?? FLUSH_MS);
    this.timer.unref();
  }

  /** Writes what is left, if the database lets it. */
  async close(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.flush();
  }

  /** One run of an operation by this caller. Costs two look-ups. */
  count(uses: Uses, { viewer, address }: Pick<Ctx, 'viewer' | 'address'>): void {
    let byClient = this.uses.get(uses);
    if (!byClient) {
      if (this.uses.size >= MOST_USES) {
        this.left++;
        return;
      }
      byClient = new Map();
      this.uses.set(uses, byClient);
    }
    add(byClient, viewer?.client ? viewer.userId : PEOPLE, 1);
    if (viewer?.client) this.see(viewer, address);
  }

  /** A secret was used, for an operation or for a token. */
  see({ userId, sessionId }: Pick<Viewer, 'userId' | 'sessionId'>, address: string | null): void {
    const seen = this.secrets.get(sessionId);
    if (seen) seen.address = address;
    else this.secrets.set(sessionId, { clientId: userId, address });
  }

  /** Resolves when everything counted before this call is written, or could not be; never rejects. */
  flush(): Promise<void> {
    this.running = this.running.then(() => this.write());
    return this.running;
  }

  private async write(): Promise<void> {
    const { uses, secrets, left } = this;
    if (uses.size === 0 && secrets.size === 0) return;
    this.uses = new Map();
    this.secrets = new Map();
    this.left = 0;
    const { db, clock, log } = this.parts;
    if (left > 0) log.warn({ operations: left }, 'too many different operations: some were not counted');
    try {
      await writeUsage(db, clock.fixed(), {
        ...gathered(uses),
        secrets: [...secrets].map(([id, seen]) => ({ id, ...seen })),
      });
    } catch (error) {
      log.warn({ err: error }, 'could not write what was used; trying again');
      this.takeBack(uses, secrets);
    }
  }

  private takeBack(uses: Map<Uses, Map<string, number>>, secrets: Map<string, Seen>): void {
    for (const [used, byClient] of uses) {
      const counts = this.uses.get(used) ?? new Map<string, number>();
      for (const [client, count] of byClient) add(counts, client, count);
      this.uses.set(used, counts);
    }
    this.secrets = new Map([...secrets, ...this.secrets]);
  }
}

interface OfClient {
  readonly documents: Map<string | null, number>;
  readonly fields: Map<string, number>;
}

/** Counts by document and by field instead of by operation. */
function gathered(uses: Map<Uses, Map<string, number>>): Omit<CountedUsage, 'secrets'> {
  const clients = new Map<string, OfClient>();
  for (const [{ document, fields }, byClient] of uses) {
    for (const [client, count] of byClient) {
      const of = clients.get(client) ?? { documents: new Map(), fields: new Map() };
      clients.set(client, of);
      add(of.documents, document, count);
      for (const field of fields) add(of.fields, field, count);
    }
  }
  const rows = [...clients].map(([client, of]) => ({ clientId: client === PEOPLE ? null : client, ...of }));
  return {
    documents: rows.flatMap(({ clientId, documents }) =>
      [...documents].map(([document, count]) => ({ clientId, document, count })),
    ),
    fields: rows.flatMap(({ clientId, fields }) =>
      [...fields].map(([field, count]) => ({ clientId, field, count })),
    ),
  };
}
