import { wrongUsage } from '../failure.js';
import type { Host } from '../host.js';
import { type Profile, Profiles, profileNameOf } from './profiles.js';
import { HERE, serverAddress } from './server-address.js';
import { clientTokens, givenToken, profileTokens, type Tokens } from './tokens.js';

/** What flags can say about where to and as whom. */
export interface Wishes {
  readonly server?: string | undefined;
  readonly profile?: string | undefined;
}

/** Which server, and what is known here of who calls it. */
export interface Target {
  readonly server: string;
  readonly profiles: Profiles;
  /** The profile that is used, or that signing in would make. */
  readonly profileName: string;
  readonly profile: Profile | null;
}

export const isClient = (token: string): boolean => /^cli_\w+:hfs_[\w-]+$/.test(token);
export const isRefreshToken = (token: string): boolean => token.startsWith('hfr_');

/**
 * Flags go before the environment, and that before what is kept. A profile's tokens go to its own server alone: with
 * another address the profile of that server is used, if there is one.
 */
export function targetOf({ env, folder }: Pick<Host, 'env' | 'folder'>, wishes: Wishes): Target {
  const profiles = new Profiles(folder);
  const address = wishes.server ?? (wishes.profile ? undefined : env.HOLDFAST_SERVER);
  const named = wishes.profile ?? (wishes.server ? undefined : env.HOLDFAST_PROFILE) ?? null;
  if (address === undefined) {
    const profileName = named ?? profiles.chosen();
    const profile = profileName === null ? null : profiles.read(profileName);
    const server = profile?.server ?? HERE;
    return { server, profiles, profileName: profileName ?? profileNameOf(server), profile };
  }
  const server = serverAddress(address);
  if (named !== null) {
    const profile = profiles.read(named);
    return { server, profiles, profileName: named, profile: profile?.server === server ? profile : null };
  }
  const chosen = profiles.chosen();
  const names = [...(chosen === null ? [] : [chosen]), ...profiles.names()];
  const known = names.find((name) => profiles.read(name)?.server === server);
  const profileName = known ?? profileNameOf(server);
  return { server, profiles, profileName, profile: known === undefined ? null : profiles.read(known) };
}

/** Who calls: HOLDFAST_TOKEN before the profile. */
export function tokensOf({ env }: Pick<Host, 'env'>, target: Target, userAgent: string): Tokens {
  const nobody = { server: target.server, userAgent };
  const given = env.HOLDFAST_TOKEN;
  if (given && isRefreshToken(given))
    throw wrongUsage(
      'HOLDFAST_TOKEN is a refresh token, which counts once.',
      'Keep it with: holdfast login --with-token. HOLDFAST_TOKEN takes an access token, or cli_…:hfs_… of an API client.',
    );
  if (given) return isClient(given) ? clientTokens(nobody, given) : givenToken(given);
  const { profile, profiles, profileName } = target;
  if (!profile) return givenToken(null);
  return profile.credentials
    ? clientTokens(nobody, profile.credentials)
    : profileTokens(nobody, profiles, profileName);
}
