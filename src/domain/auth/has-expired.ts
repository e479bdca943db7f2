import { decodeJwt } from 'jose';

/**
 * Whether an Authorization header carries a token whose time is over, judged by its own words: good for
 * telling a client to fetch a new one, never for letting anybody in.
 */
export function hasExpired(authorization: unknown, nowMs: number): boolean {
  try {
    const { exp } = decodeJwt(String(authorization).replace(/^Bearer +/i, ''));
    return exp !== undefined && exp * 1000 <= nowMs;
  } catch {
    return false;
  }
}
