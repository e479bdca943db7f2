import type { Clock } from '../../ports/clock.js';
import type { AccessTokens, Authenticated } from './access-token.js';
import type { SessionWatch } from './session-watch.js';

/** Nobody (nothing was presented), somebody, or INVALID: what was presented does not count or no longer does. */
export type Authentication = Authenticated | null | 'INVALID';

export interface AuthenticateParts {
  readonly tokens: AccessTokens;
  readonly watch: SessionWatch;
  readonly clock: Clock;
}

const BEARER = /^Bearer +([\w.~+/=-]+) *$/i;
/** A signature costs about 0.1 ms to check, a look into a map nothing: one check per token and process. */
const REMEMBERED = 10_000;

/**
 * Makes the function that judges an Authorization header (RFC 6750), of HTTP or of a socket's connection
 * parameters.
 * The function throws Unavailable when a dependency that is away leaves it open who is there.
 */
export function authenticator({ tokens, watch, clock }: AuthenticateParts) {
  const verified = new Map<string, Authenticated>();

  const judge = async (token: string): Promise<Authenticated | null> => {
    const known = verified.get(token);
    if (known) {
      verified.delete(token);
      if (known.expiresAt <= clock.now().getTime()) return null;
      verified.set(token, known);
      return known;
    }
    const judged = await tokens.judge(token);
    if (!judged) return null;
    const [oldest] = verified.size >= REMEMBERED ? verified.keys() : [];
    if (oldest !== undefined) verified.delete(oldest);
    verified.set(token, judged);
    return judged;
  };

  return async (authorization: unknown): Promise<Authentication> => {
    if (authorization === undefined || authorization === null || authorization === '') return null;
    const token = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
    const somebody = token === undefined ? null : await judge(token);
    if (!somebody) return 'INVALID';
    return watch.isLive(somebody.viewer.sessionId, somebody.issuedAt) ? somebody : 'INVALID';
  };
}
