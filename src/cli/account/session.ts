import { setTimeout as pause } from 'node:timers/promises';
import {
  AnsweredError,
  callDocument,
  callText,
  type Document,
  NoAnswer,
} from '../../client/call-document.js';
import { notSignedIn, wrongUsage } from '../failure.js';
import type { Host } from '../host.js';
import type { Output } from '../output/output.js';
import { isZone } from '../time/zone.js';
import { type Target, targetOf, tokensOf, type Wishes } from './target.js';
import type { Tokens } from './tokens.js';

/** Lost connections are tried again after so many ms. */
const AGAIN_MS = [200, 1_000];

export interface SessionWishes extends Wishes {
  /** In which zone times are meant and shown that no resource has. */
  readonly zone?: string | undefined;
}

/** What a command works with: where to, as whom, and where its words go. */
export class Session {
  readonly target: Target;
  readonly userAgent: string;

  constructor(
    readonly host: Host,
    readonly out: Output,
    private readonly wishes: SessionWishes,
  ) {
    this.target = targetOf(host, wishes);
    this.userAgent = `holdfast/${host.version} (${process.platform})`;
  }

  get tokens(): Tokens {
    return tokensOf(this.host, this.target, this.userAgent);
  }

  get nobody() {
    return { server: this.target.server, userAgent: this.userAgent, token: null };
  }

  /** In which times are meant: that of --zone, of the resource in question, of whoever is signed in, or of this machine. */
  zoneAt(place?: { readonly timeZone: string } | null): string {
    const { zone } = this.wishes;
    if (zone !== undefined && !isZone(zone))
      throw wrongUsage(`"${zone}" is no time zone.`, 'Zones look like Europe/Berlin.');
    const own = this.target.profile?.user.timeZone;
    return zone ?? place?.timeZone ?? own ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  /**
   * Runs a document as whoever is signed in. A connection that is lost on the way is tried again where that is safe:
   * for readings, and for acts with an idempotency key.
   */
  call<TResult, TVariables extends object>(
    document: Document<TResult, TVariables>,
    variables: TVariables,
  ): Promise<TResult> {
    const { input } = variables as { input?: { idempotencyKey?: string | null } };
    const isSafe = Boolean(input?.idempotencyKey) || document.toString().trimStart().startsWith('query');
    return this.signedIn((token) => callDocument({ ...this.nobody, token }, document, variables), isSafe);
  }

  /** Runs the text of somebody's own, once. */
  callText(text: string, variables: object): Promise<unknown> {
    return this.signedIn((token) => callText({ ...this.nobody, token }, text, variables), false);
  }

  private async signedIn<T>(ask: (token: string) => Promise<T>, isSafe: boolean): Promise<T> {
    const { tokens } = this;
    const token = await tokens.current();
    if (token === null) throw notSignedIn();
    const again = (as: string) => (isSafe ? persistently(() => ask(as)) : ask(as));
    try {
      return await again(token);
    } catch (error) {
      if (!(error instanceof AnsweredError && error.code === 'UNAUTHENTICATED')) throw error;
      const next = await tokens.renewed(token);
      if (next === null) throw notSignedIn('Your session has ended.');
      return again(next);
    }
  }
}

async function persistently<T>(ask: () => Promise<T>): Promise<T> {
  for (const ms of AGAIN_MS) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof NoAnswer && error.mayHaveActed)) throw error;
      await pause(ms);
    }
  }
  return ask();
}
