import { SignJWT } from 'jose';
import type { Authenticated } from '../../src/domain/auth/access-token.js';
import { CountingThrottle } from '../../src/domain/auth/counting-throttle.js';
import type { Identity } from '../../src/domain/auth/identity.js';
import { memoryCounters } from '../../src/domain/auth/memory-counters.js';
import type { EndListener } from '../../src/domain/auth/session-watch.js';
import { THROTTLE_LIMITS } from '../../src/domain/auth/sign-in-throttle.js';
import { Unavailable } from '../../src/domain/failure.js';

const HOUR = 3_600_000;

/** Lets in whoever is listed, by the text of the token. The rest of identity is not there. */
export class SampleIdentity {
  readonly people = new Map<string, Authenticated>();
  readonly ended = new Set<string>();
  readonly listeners = new Set<EndListener>();
  away = false;

  readonly watch = {
    onEnd: (listener: EndListener) => {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    },
    isLive: (sessionId: string) => !this.ended.has(sessionId),
  };
  readonly security = { note: () => undefined };
  readonly guesses = new CountingThrottle(
    { ...THROTTLE_LIMITS, perAccount: 1_000, perAddress: 1_000 },
    memoryCounters,
  );
  readonly keys = {
    jwks: async () => {
      if (this.away) throw new Unavailable('no keys');
      return { keys: [] };
    },
  };

  /** A token for a new session of that user; it ends after that time (ms). */
  token(userId: string, lifetime = HOUR): string {
    const sessionId = crypto.randomUUID();
    const now = Date.now();
    this.people.set(sessionId, {
      viewer: { userId, sessionId, role: 'MEMBER' },
      issuedAt: now,
      expiresAt: now + lifetime,
    });
    return sessionId;
  }

  /** Ends the session of a token, as a sign-out elsewhere does. */
  revoke(token: string): void {
    this.ended.add(token);
    for (const listener of this.listeners) listener(token);
  }

  authenticate = async (authorization: unknown) => {
    if (authorization == null || authorization === '') return null;
    if (this.away) throw new Unavailable('who is there cannot be told');
    const token = String(authorization).replace(/^Bearer /, '');
    const somebody = this.people.get(token);
    if (!somebody || this.ended.has(token) || somebody.expiresAt <= Date.now()) return 'INVALID' as const;
    return somebody;
  };

  asIdentity(): Identity {
    return this as unknown as Identity;
  }
}

/** A token that ended an hour ago, as a browser that slept through it would send it. */
export const expiredJwt = () =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor((Date.now() - HOUR) / 1000))
    .sign(new Uint8Array(32));
