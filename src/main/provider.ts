import type { ProviderSignIn } from '../domain/auth/provider/provider-sign-in.js';
import { openIdProvider } from '../infra/oidc/openid-client.js';
import type { Program } from './run.js';

/** Sign-in by a provider of OpenID Connect, where there is one. It is not asked before somebody signs in. */
export function providerOf({ config, log }: Program): ProviderSignIn | null {
  const { oidc } = config;
  if (!oidc) return null;
  const { roleGroups, memberGroups, defaultRole, addsPeople } = oidc;
  return { provider: openIdProvider({ ...oidc, log }), roleGroups, memberGroups, defaultRole, addsPeople };
}
