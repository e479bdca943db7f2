import { ask, serverNow } from './ask.js';
import type { DocumentName, Result, Variables } from './documents.js';

interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
}

/** With less life than this a token might end on its way to the server. */
const TOO_LATE_MS = 10_000;

/**
 * Who is signed in in this browser: the cookie that no script can read is what lasts, the access token is kept here and
 * nowhere else. Tabs take turns with the cookie, whose token may be spent only once.
 */
export class Session {
  private tokens: Tokens | null = null;

  /** Takes up the session of the cookie; whether there was one. */
  async resume(): Promise<boolean> {
    const refresh = () => ask('TokenRefresh', { input: {} }, null);
    // Pages without TLS have no locks, and keep no cookie either.
    const result = await (navigator.locks ? navigator.locks.request('holdfast', refresh) : refresh());
    this.tokens = 'accessToken' in result ? result : null;
    return this.tokens !== null;
  }

  /** What a sign-in has given. */
  begin(tokens: Tokens): void {
    this.tokens = tokens;
  }

  get isOpen(): boolean {
    return this.tokens !== null;
  }

  /** Runs a document as whoever is signed in. Throws NoAnswer; UNAUTHENTICATED once nobody is. */
  async ask<Name extends DocumentName>(name: Name, variables: Variables<Name>): Promise<Result<Name>> {
    const { tokens } = this;
    if (tokens && Date.parse(tokens.accessTokenExpiresAt) - serverNow() < TOO_LATE_MS) await this.resume();
    return ask(name, variables, this.tokens?.accessToken ?? null);
  }

  async end(): Promise<void> {
    const token = this.tokens?.accessToken ?? null;
    this.tokens = null;
    if (token) await ask('SignOut', {}, token);
  }
}
