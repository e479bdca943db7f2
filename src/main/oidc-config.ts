import type { Env } from './env.js';
import { isThisMachine } from './this-machine.js';
import { type Values, variables } from './variables.js';

/** The provider of OpenID Connect that the environment names. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly scopes: string;
  readonly groupClaim: string;
  readonly roleGroups: Values['OIDC_ROLE_GROUPS'];
  readonly memberGroups: Values['OIDC_MEMBER_GROUPS'];
  readonly defaultRole: Values['OIDC_DEFAULT_ROLE'];
  readonly addsPeople: boolean;
}

/** Sentences for what is wrong with the provider as a whole. */
export function oidcErrors(env: Env, values: Partial<Values>): string[] {
  const issuer = values.OIDC_ISSUER;
  if (issuer == null) return [];
  const errors: string[] = [];
  for (const name of ['OIDC_CLIENT_ID', 'PUBLIC_URL'] as const)
    if (env[name] === undefined)
      errors.push(`${name} is not set; with OIDC_ISSUER it must be ${variables[name].allowed}.`);
  if (!URL.canParse(issuer))
    errors.push(`OIDC_ISSUER is "${issuer}"; allowed is ${variables.OIDC_ISSUER.allowed}.`);
  else if (issuer.startsWith('http:') && !isThisMachine(new URL(issuer).hostname))
    errors.push(`OIDC_ISSUER is "${issuer}", where anybody could answer in its name; allowed is https://.`);
  return errors;
}

/** What the variables say of the provider; null where they name none, whatever the others say. */
export function oidcOf(values: Values): OidcConfig | null {
  if (values.OIDC_ISSUER === null) return null;
  return {
    issuer: values.OIDC_ISSUER,
    clientId: values.OIDC_CLIENT_ID ?? '',
    clientSecret: values.OIDC_CLIENT_SECRET,
    scopes: values.OIDC_SCOPES,
    groupClaim: values.OIDC_GROUP_CLAIM,
    roleGroups: values.OIDC_ROLE_GROUPS,
    memberGroups: values.OIDC_MEMBER_GROUPS,
    defaultRole: values.OIDC_DEFAULT_ROLE,
    addsPeople: values.OIDC_ADDS_PEOPLE === 'on',
  };
}
