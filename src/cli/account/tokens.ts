import { setTimeout as pause } from 'node:timers/promises';
import { type Caller, callDocument, NoAnswer, post } from '../../client/call-document.js';
import { TokenRefreshDocument } from '../../client/generated/graphql.js';
import { notSignedIn } from '../failure.js';
import { claimToken } from './claim.js';
import type { Profiles } from './profiles.js';

/** Where access tokens come from. */
export interface Tokens {
  /** The one to send; null for nobody. */
  current(): Promise<string | null>;
  /** Another one, where the server does not take that one any more; null where there is none. */
  renewed(stale: string): Promise<string | null>;
}

export type Nobody = Omit<Caller, 'token'>;

const LOOK_AGAIN_MS = 50;

/** A token that somebody has given, as long as it lasts. */
export const givenToken = (token: string | null): Tokens => ({
  current: async () => token,
  renewed: async () => null,
});

/** An API client: tokens by its id and secret, `cli_…:hfs_…`. */
export function clientTokens(nobody: Nobody, credentials: string): Tokens {
  let token: Promise<string> | null = null;
  const fetched = async () => {
    const { status, json } = await post(
      { ...nobody, token: null },
      '/oauth/token',
      'grant_type=client_credentials',
      {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      },
    );
    if (status !== 200)
      throw notSignedIn('The API client is not let in: its id or its secret is wrong, or has ended.');
    return (json as { access_token: string }).access_token;
  };
  return {
    current: () => (token ??= fetched()),
    renewed: (stale) => {
      void stale;
      token = fetched();
      return token;
    },
  };
}

/**
 * The tokens of a profile, shared by all processes of this machine: one of them spends the refresh token, keeps the
 * next one at once, and the others find it there. The server ends a session whose token comes twice.
 */
export function profileTokens(nobody: Nobody, profiles: Profiles, name: string): Tokens {
  const renewed = async (stale: string): Promise<string | null> => {
    for (;;) {
      const kept = profiles.read(name);
      if (!kept?.refreshToken) return null;
      if (kept.accessToken !== stale) return kept.accessToken;
      const claim = claimToken(profiles.folder, kept.refreshToken);
      if (!claim) {
        await pause(LOOK_AGAIN_MS);
        continue;
      }
      try {
        // Another may have spent it since it was read.
        if (profiles.read(name)?.refreshToken !== kept.refreshToken) continue;
        const { tokenRefresh } = await spend(nobody, kept.refreshToken);
        const isOver = tokenRefresh.__typename !== 'TokenRefreshSuccess';
        const { accessToken, refreshToken } = isOver
          ? { accessToken: null, refreshToken: null }
          : tokenRefresh;
        profiles.write(name, { ...kept, accessToken, refreshToken });
        claim.settle();
        return accessToken;
      } finally {
        claim.release();
      }
    }
  };
  return { current: async () => profiles.read(name)?.accessToken ?? null, renewed };
}

async function spend(nobody: Nobody, refreshToken: string) {
  const once = () =>
    callDocument({ ...nobody, token: null }, TokenRefreshDocument, { input: { refreshToken } });
  try {
    return await once();
  } catch (error) {
    // What has not been sent was not spent; all else must not be sent again.
    if (error instanceof NoAnswer && !error.mayHaveActed) return once();
    throw error;
  }
}
