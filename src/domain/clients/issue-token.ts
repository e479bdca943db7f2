import { grantToken } from '../../sql/clients/token-grant.js';
import type { AuthCtx } from '../auth/identity.js';
import { parseGlobalId } from '../ids.js';
import { type Scope, scopesAmong } from '../scopes.js';
import { clientSecretHash } from './client-secret.js';

export interface ClientToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly scopes: readonly Scope[];
  /** Bare ids of whose it is and for which secret. */
  readonly clientId: string;
  readonly secretId: string;
}

/** RFC 6749, 5.2. */
export interface TokenRefused {
  readonly kind: 'invalid_client' | 'invalid_scope';
}

/**
 * An access token for a program that knows one of its secrets: with all of its scopes, or only those that it asks for.
 * Unknown, revoked, expired and suspended look the same. Leaves no audit: what the token is used for does.
 * @param scope names with spaces between them (RFC 6749, 3.3); null for all
 * @throws Unavailable when the database is away
 */
export async function issueClientToken(
  ctx: AuthCtx,
  given: { readonly clientId: string; readonly secret: string; readonly scope: string | null },
): Promise<ClientToken | TokenRefused> {
  const named = parseGlobalId(given.clientId);
  const hash = clientSecretHash(given.secret);
  if (named?.kind !== 'ApiClient' || !hash) return { kind: 'invalid_client' };
  const grant = await grantToken(ctx.db, ctx.clock.fixed(), hash, named.id);
  if (!grant) return { kind: 'invalid_client' };
  const all = scopesAmong(grant.scopes);
  const asked = given.scope?.split(' ') ?? all;
  if (!asked.every((scope) => (all as string[]).includes(scope))) return { kind: 'invalid_scope' };
  const scopes = scopesAmong(asked);
  const { persistedOnly, perMinute, perDay, ...facts } = grant;
  const client = { scopes, persistedOnly, perMinute, perDay };
  const { accessToken, accessTokenExpiresAt } = await ctx.identity.tokens.issue({ ...facts, client });
  return {
    accessToken,
    expiresInSeconds: Math.max(0, Math.floor((accessTokenExpiresAt.getTime() - grant.issuedAtMs) / 1000)),
    scopes,
    clientId: grant.id,
    secretId: grant.sessionId,
  };
}
