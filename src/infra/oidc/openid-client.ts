import * as client from 'openid-client';
import { Unavailable } from '../../domain/failure.js';
import type { IdentityProvider, ProvidedPerson, RequestSecrets } from '../../ports/identity-provider.js';
import type { Log } from '../../ports/log.js';
import { personFrom } from './claims.js';
import { isProvidersFault, reasonOf } from './faults.js';

export interface OpenIdOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  readonly clientSecret: string | null;
  readonly scopes: string;
  readonly groupClaim: string;
  readonly log: Log;
  /** Of begin and of finish, each as a whole. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 4_500;
/** What the provider says of itself is asked for anew after this. */
const METADATA_MS = 3_600_000;

/** A provider that is found by its issuer (OpenID Connect Discovery 1.0), asked by codes with PKCE. */
export function openIdProvider(options: OpenIdOptions): IdentityProvider {
  const { issuer, clientId, clientSecret, log, timeoutMs = TIMEOUT_MS } = options;
  let known: { readonly metadata: client.ServerMetadata; readonly at: number } | null = null;
  const authentication = clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret);
  // plain HTTP is for a provider on this machine: the configuration lets no other one through
  const insecure = new URL(issuer).protocol === 'http:' ? [client.allowInsecureRequests] : [];

  const discover = async (): Promise<client.ServerMetadata> => {
    if (known && performance.now() - known.at < METADATA_MS) return known.metadata;
    const timeout = timeoutMs / 1000;
    const found = { timeout, execute: insecure };
    const config = await client.discovery(new URL(issuer), clientId, undefined, authentication, found);
    known = { metadata: config.serverMetadata(), at: performance.now() };
    return known.metadata;
  };

  /** A new one for each sign-in: it fetches the keys anew, so that one that was just rotated in counts at once. */
  const configure = async (): Promise<client.Configuration> => {
    const metadata = await discover().catch((error) => away(log, error));
    const config = new client.Configuration(metadata, clientId, undefined, authentication);
    config.timeout = timeoutMs / 1000;
    for (const set of [client.enableNonRepudiationChecks, ...insecure]) set(config);
    return config;
  };

  return {
    issuer,
    begin: (redirectUri) =>
      within(timeoutMs, async () => {
        const config = await configure();
        const secrets = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          codeVerifier: client.randomPKCECodeVerifier(),
        };
        const url = client.buildAuthorizationUrl(config, {
          redirect_uri: redirectUri,
          scope: options.scopes,
          state: secrets.state,
          nonce: secrets.nonce,
          code_challenge: await client.calculatePKCECodeChallenge(secrets.codeVerifier),
          code_challenge_method: 'S256',
        });
        return { url: url.href, secrets };
      }),
    finish: (callbackUrl, secrets) =>
      within(timeoutMs, async () => {
        const config = await configure();
        try {
          return await answer(config, options, new URL(callbackUrl), secrets);
        } catch (error) {
          if (isProvidersFault(error)) return away(log, error);
          log.warn({ reason: reasonOf(error) }, 'refused an answer of the identity provider');
          return null;
        }
      }),
  };
}

async function answer(
  config: client.Configuration,
  { groupClaim, log }: OpenIdOptions,
  callbackUrl: URL,
  { state, nonce, codeVerifier }: RequestSecrets,
): Promise<ProvidedPerson | null> {
  const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
  const tokens = await client.authorizationCodeGrant(config, callbackUrl, checks);
  const token = tokens.claims();
  if (!token) return null;
  const isWhole = token.email !== undefined && token[groupClaim] !== undefined;
  const more =
    isWhole || !config.serverMetadata().userinfo_endpoint
      ? {}
      : await client.fetchUserInfo(config, tokens.access_token, token.sub);
  return personFrom({ ...more, ...token }, groupClaim, log);
}

function away(log: Log, error: unknown): never {
  log.warn({ reason: reasonOf(error) }, 'the identity provider does not answer as it should');
  throw new Unavailable('the identity provider does not answer', { cause: error });
}

async function within<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unavailable('the identity provider takes too long')), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
