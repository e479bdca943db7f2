import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Clock } from '../../ports/clock.js';
import type { Renewal } from '../../sql/sessions/session-open.js';
import type { ClientGrant, Viewer } from '../act.js';
import { globalId } from '../ids.js';
import { scopesAmong } from '../scopes.js';
import { ALGORITHM, type KeyStore } from './key-store.js';

export interface AccessTokenParts {
  readonly keys: KeyStore;
  readonly clock: Clock;
  readonly issuer: string;
  readonly audience: string;
  readonly lifetimeSeconds: number;
}

/** What a token is made of: the account, and for a program what it may, and when its secret or itself ends (ms). */
export interface TokenGrant extends Pick<Renewal, 'id' | 'role' | 'sessionId' | 'issuedAtMs'> {
  readonly client?: ClientGrant;
  readonly endsAtMs?: number | null;
}

/** Who a token speaks for, and between which instants (ms since 1970). */
export interface Authenticated {
  readonly viewer: Viewer;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** RFC 9068: keeps other tokens of the same issuer from being taken for access tokens. */
const TYPE = 'at+jwt';
const LONGEST = 2_048;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ROLES: readonly unknown[] = ['ADMINISTRATOR', 'MANAGER', 'MEMBER', 'GUEST'] satisfies Viewer['role'][];

/** Signs and judges access tokens (JWT, RFC 9068 in spirit). */
export class AccessTokens {
  constructor(private readonly parts: AccessTokenParts) {}

  /**
   * Signs a token that counts from the database's instant, to the millisecond, so that what voids tokens can
   * tell before from after.
   * @throws Unavailable when no signing key can be read or made
   */
  async issue(grant: TokenGrant): Promise<{ accessToken: string; accessTokenExpiresAt: Date }> {
    const { keys, issuer, audience, lifetimeSeconds } = this.parts;
    const { kid, privateKey } = await keys.signingKey();
    const issuedAt = grant.issuedAtMs / 1000;
    const ends = Math.floor((grant.endsAtMs ?? Number.POSITIVE_INFINITY) / 1000);
    const expiresAt = Math.min(Math.floor(issuedAt) + lifetimeSeconds, ends);
    const accessToken = await new SignJWT({ sid: grant.sessionId, role: grant.role, ...clientClaims(grant) })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(grant.id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(privateKey);
    return { accessToken, accessTokenExpiresAt: new Date(expiresAt * 1000) };
  }

  /**
   * What a token says, or null for anything that is not a live one of ours; says nothing about its session.
   * @throws Unavailable when it names a key that we do not know and cannot look for
   */
  async judge(token: string): Promise<Authenticated | null> {
    if (token.length > LONGEST) return null;
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyOf(header.kid), {
        algorithms: [ALGORITHM],
        issuer: this.parts.issuer,
        audience: this.parts.audience,
        typ: TYPE,
        requiredClaims: ['sub', 'sid', 'role', 'iat', 'exp'],
        currentDate: this.parts.clock.now(),
      });
      const { sub, sid, role, iat, exp } = payload;
      if (!isUuid(sub) || !isUuid(sid) || !isRole(role) || !iat || !exp) return null;
      const client = clientOf(payload);
      if (client === 'INVALID') return null;
      return {
        viewer: { userId: sub, sessionId: sid, role, ...(client && { client }) },
        issuedAt: Math.round(iat * 1000),
        expiresAt: exp * 1000,
      };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  private async keyOf(kid: unknown) {
    const key = typeof kid === 'string' ? await this.parts.keys.verifyingKey(kid) : null;
    if (!key) throw new errors.JWKSNoMatchingKey();
    return key;
  }
}

const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
const isRole = (value: unknown): value is Viewer['role'] => ROLES.includes(value);

/** RFC 9068, 2.2, and what a program's requests are judged by, so that none of them has to look it up. */
const clientClaims = ({ id, client }: TokenGrant) =>
  client && {
    client_id: globalId('ApiClient', id),
    scope: client.scopes.join(' '),
    persisted_only: client.persistedOnly,
    per_minute: client.perMinute,
    per_day: client.perDay,
  };

/** The same read back; null for a person's token. A program's that lacks a part of it is never taken for a person's. */
function clientOf(payload: JWTPayload): ClientGrant | null | 'INVALID' {
  const { client_id, scope, persisted_only, per_minute, per_day } = payload;
  if (client_id === undefined) return null;
  if (typeof scope !== 'string' || typeof persisted_only !== 'boolean') return 'INVALID';
  if (typeof per_minute !== 'number' || (per_day !== null && typeof per_day !== 'number')) return 'INVALID';
  const scopes = scopesAmong(scope.split(' '));
  return { scopes, persistedOnly: persisted_only, perMinute: per_minute, perDay: per_day };
}
