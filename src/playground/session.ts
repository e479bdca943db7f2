import { type Answer, ask } from './endpoint.js';

export interface Person {
  readonly name: string;
  readonly role: string;
}

interface Tokens {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
  readonly user: Person;
}

interface Refusal {
  readonly message: string;
  /** The password was right, and a code is to follow. */
  readonly challenge?: string;
  readonly mustEnrol?: boolean;
}

interface OutcomeData {
  readonly outcome: Tokens | Refusal;
}

type Outcome = Answer<OutcomeData>;

const TOKENS = 'accessToken accessTokenExpiresAt refreshToken user { name role }';
const SIGN_IN = `mutation PlaygroundSignIn($email: String!, $password: String!) {
  outcome: signIn(input: { email: $email, password: $password }) {
    ... on SignInSuccess { ${TOKENS} }
    ... on SecondFactorRequired { challenge mustEnrol }
    ... on UserError { message }
  }
}`;
const CONFIRM = `mutation PlaygroundSignInConfirm($challenge: String!, $code: String!) {
  outcome: signInConfirm(input: { challenge: $challenge, code: $code }) {
    ... on SignInConfirmSuccess { ${TOKENS} }
    ... on UserError { message }
  }
}`;
const REFRESH = `mutation PlaygroundTokenRefresh($refreshToken: String!) {
  outcome: tokenRefresh(input: { refreshToken: $refreshToken }) {
    ... on TokenRefreshSuccess { ${TOKENS} }
    ... on UserError { message }
  }
}`;
const SIGN_OUT = 'mutation PlaygroundSignOut { signOut { __typename } }';

/** How long before its end a token is replaced: a minute, but never before half of its life is over. */
const EARLY_MS = 60_000;
/** With less life than this a token might end on its way to the server. */
const TOO_LATE_MS = 5_000;
const AGAIN_MS = 10_000;

const lifeOf = ({ accessTokenExpiresAt }: Tokens) => Date.parse(accessTokenExpiresAt) - Date.now();

/** Who is signed in on this page. Tokens live in memory only: reloading the page signs out. */
export class Session {
  private tokens: Tokens | null = null;
  private challenge: string | null = null;
  private refreshing: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  /** The present person; the same object until somebody else signs in. */
  readonly person = (): Person | null => this.tokens?.user ?? null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** An access token that still counts, or null when nobody is signed in. */
  async token(): Promise<string | null> {
    if (this.tokens && lifeOf(this.tokens) < TOO_LATE_MS) await this.refresh();
    return this.tokens?.accessToken ?? null;
  }

  /** Returns why not, as a sentence, or null. */
  async signIn(email: string, password: string): Promise<string | null> {
    return this.take(await ask<OutcomeData>(SIGN_IN, { email, password }, null).catch(unreachable));
  }

  /** Whether the password was right and a code is to follow. */
  readonly wantsCode = (): boolean => this.challenge !== null;

  /** The same for the code of the second factor. */
  async confirm(code: string): Promise<string | null> {
    const variables = { challenge: this.challenge, code };
    return this.take(await ask<OutcomeData>(CONFIRM, variables, null).catch(unreachable));
  }

  /** Forgets the password that was right. */
  readonly beginAnew = (): void => {
    this.challenge = null;
  };

  async signOut(): Promise<void> {
    const token = this.tokens?.accessToken ?? null;
    this.set(null);
    if (token) await ask(SIGN_OUT, {}, token).catch(unreachable);
  }

  /** Several callers share one refresh: a refresh token may be spent only once. */
  private refresh(): Promise<void> {
    this.refreshing ??= this.refreshNow().finally(() => {
      this.refreshing = null;
    });
    return this.refreshing;
  }

  private async refreshNow(): Promise<void> {
    const refreshToken = this.tokens?.refreshToken;
    if (refreshToken === undefined) return;
    const answer: Outcome = await ask<OutcomeData>(REFRESH, { refreshToken }, null).catch(unreachable);
    const signedOutMeanwhile = this.tokens?.refreshToken !== refreshToken;
    if (signedOutMeanwhile) return;
    const outcome = answer.data?.outcome;
    if (outcome && !('accessToken' in outcome)) this.set(null);
    else if (this.take(answer) !== null) this.plan(AGAIN_MS);
  }

  private take({ data, errors }: Outcome): string | null {
    const outcome = data?.outcome;
    if (outcome && 'accessToken' in outcome) {
      this.set(outcome);
      return null;
    }
    if (outcome?.challenge !== undefined && !outcome.mustEnrol) this.challenge = outcome.challenge;
    return outcome?.message ?? errors?.[0]?.message ?? 'The server gave no answer.';
  }

  private set(tokens: Tokens | null): void {
    const before = this.tokens?.user;
    const same = before && tokens && before.name === tokens.user.name && before.role === tokens.user.role;
    this.challenge = null;
    this.tokens = tokens && same ? { ...tokens, user: before } : tokens;
    clearTimeout(this.timer);
    if (tokens) this.plan(Math.max(lifeOf(tokens) / 2, lifeOf(tokens) - EARLY_MS));
    if (!same) for (const listener of this.listeners) listener();
  }

  private plan(inMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), inMs);
  }
}

const unreachable = (): Outcome => ({ errors: [{ message: 'The server cannot be reached.' }] });
