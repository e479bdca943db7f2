import type { Clock } from '../../ports/clock.js';
import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import { type SessionEnd, sessionEnds } from '../../sql/sessions/session-ends.js';
import type { Database } from '../../sql/statement.js';
import { Unavailable } from '../failure.js';

export interface SessionWatchParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly log: Log;
  /** How long an access token lives: what ended longer ago needs no remembering. */
  readonly accessSeconds: number;
  readonly pollMs: number;
}

/** Told of the session, and of the instant (ms) before which its tokens were issued if it goes on itself. */
export type EndListener = (sessionId: string, tokensFrom?: number) => void;

/** Longer than any transaction of ours can stay open between writing its instant and committing. */
const MARGIN_SECONDS = 30;

/**
 * Which sessions have ended, kept in memory: a look at the database every two seconds, and at each wake-up.
 * While the database is away it goes by what it knows.
 */
export class SessionWatch {
  /** By session: tokens issued before this instant are void (infinity: all), and when we learnt it. */
  private readonly ended = new Map<string, { from: number; learntAt: number }>();
  private readonly listeners = new Set<EndListener>();
  private asOf: number | null = null;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private readonly releases: (() => void)[] = [];

  constructor(private readonly parts: SessionWatchParts) {}

  /** Takes the first look and goes on looking. Resolves even where database or bus do not answer yet. */
  async start(): Promise<void> {
    const { bus, log, pollMs } = this.parts;
    this.timer = setInterval(() => void this.look(), pollMs);
    this.timer.unref();
    bus.onGap(() => void this.look());
    const listening = bus.listen((wake) => {
      if (wake.kind === 'sessions') void this.look();
    });
    listening.then(
      (unlisten) => (this.timer ? this.releases.push(unlisten) : unlisten()),
      (error) => log.warn({ err: error }, 'ended sessions are found by looking only: the bus refused'),
    );
    await this.look();
  }

  async close(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    for (const release of this.releases) release();
    this.listeners.clear();
    await (this.next ?? this.running);
  }

  /**
   * Whether a token of this session, issued at that instant (ms), still counts.
   * @throws Unavailable before the first look has succeeded: nothing can be said yet
   */
  isLive(sessionId: string, issuedAt: number): boolean {
    if (this.asOf === null) throw new Unavailable('which sessions have ended is not known yet');
    const end = this.ended.get(sessionId);
    return end === undefined || issuedAt >= end.from;
  }

  /**
   * Calls back once for each end learnt from now on; call the result to stop. Ask isLive right after, for
   * what was learnt before. A listener must not throw.
   */
  onEnd(listener: EndListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves after a look that began after this call; never rejects. */
  look(): Promise<void> {
    this.next ??= this.running.then(() => {
      this.next = null;
      this.running = this.lookNow();
      return this.running;
    });
    return this.next;
  }

  private async lookNow(): Promise<void> {
    const { db, clock, accessSeconds, log } = this.parts;
    const margin = this.asOf === null ? accessSeconds + MARGIN_SECONDS : MARGIN_SECONDS;
    try {
      const { asOfMs, ends } = await sessionEnds(db, clock.fixed(), this.asOf, margin);
      this.asOf = asOfMs;
      for (const end of ends) this.learn(end, asOfMs);
      this.forget(asOfMs - (accessSeconds + 2 * MARGIN_SECONDS) * 1000);
    } catch (error) {
      log.warn({ err: error }, 'could not look for ended sessions');
    }
  }

  private learn({ id, tokensFromMs }: SessionEnd, learntAt: number): void {
    const from = tokensFromMs ?? Number.POSITIVE_INFINITY;
    const known = this.ended.get(id);
    if (known && known.from >= from) return;
    this.ended.set(id, { from, learntAt });
    for (const listener of this.listeners) listener(id, tokensFromMs ?? undefined);
  }

  private forget(before: number): void {
    for (const [id, { learntAt }] of this.ended) if (learntAt < before) this.ended.delete(id);
  }
}
