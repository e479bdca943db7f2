import { Client } from 'pg';
import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import type { Wire } from './wire.js';
import { WireBus } from './wire-bus.js';
import type { WireMessage } from './wire-message.js';

const CHANNEL = 'holdfast';
const CONNECT_MS = 2_000;
const ANSWER_MS = 1_000;
const LONGEST_PAUSE_MS = 1_000;

/** A wake-up may be lost, so it waits for no disk. */
const SESSION = '-c timezone=UTC -c synchronous_commit=off';

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

class PostgresWire implements Wire {
  readonly name = 'PostgreSQL';
  /** A payload must stay below 8,000 bytes; an id takes 39. */
  readonly limit = 180;
  private client: Client | null = null;
  private retry: NodeJS.Timeout | null = null;
  private attempts = 0;
  private closed = false;
  private heard: (message: unknown) => void = () => {};
  private back: () => void = () => {};
  private first: (() => void) | null = null;

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  open(heard: (message: unknown) => void, back: () => void): Promise<void> {
    this.heard = heard;
    this.back = back;
    return new Promise((resolve) => {
      this.first = resolve;
      void this.connect();
    });
  }

  async send(message: WireMessage): Promise<void> {
    if (!this.client) throw new Error('not connected');
    await this.client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(message)]);
  }

  connected(): boolean {
    return this.client !== null;
  }

  reconnect(): void {
    if (this.client) this.lost(this.client);
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.retry) clearTimeout(this.retry);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => {});
  }

  private async connect(): Promise<void> {
    this.attempts++;
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
      options: SESSION,
    });
    client.on('error', (error) => {
      this.log.debug({ error }, 'connection of the event bus');
      this.lost(client);
    });
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.heard(parsed(payload)));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      this.log.debug({ error }, 'connection of the event bus');
      this.again(client);
      return;
    }
    if (this.closed) {
      await client.end().catch(() => {});
      return;
    }
    this.client = client;
    if (this.first === null || this.attempts > 1) this.back();
    this.first?.();
    this.first = null;
    this.attempts = 0;
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.again(client);
  }

  private again(client: Client): void {
    client.end().catch(() => {});
    if (this.closed || this.retry) return;
    this.retry = setTimeout(
      () => {
        this.retry = null;
        void this.connect();
      },
      Math.min(50 * 2 ** this.attempts, LONGEST_PAUSE_MS),
    );
  }
}

/**
 * Wakes every process on the same database, by LISTEN on a connection of its own. For one machine without
 * Redis: each wake-up costs PostgreSQL a small transaction.
 */
export const postgresBus = (url: string, log: Log): EventBus => new WireBus(new PostgresWire(url, log), log);
