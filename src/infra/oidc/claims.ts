import type { ProvidedPerson } from '../../ports/identity-provider.js';
import type { Log } from '../../ports/log.js';

type Claims = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const list = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');

/** OpenID Connect Core 1.0, 5.6.2: the claim exists, and has to be asked for elsewhere. */
function isElsewhere(claims: Claims, name: string): boolean {
  const { _claim_names: names } = claims;
  return typeof names === 'object' && names !== null && name in names;
}

/**
 * What the claims say of a person. A group claim that is left out says that there are no groups.
 * @returns null where there are more groups than the provider puts into a token: none would be taken for all
 */
export function personFrom(claims: Claims, groupClaim: string, log: Log): ProvidedPerson | null {
  const { iss, sub, email, email_verified: verified, name, preferred_username: username } = claims;
  if (isElsewhere(claims, groupClaim)) {
    log.warn({ subject: sub }, 'the identity provider leaves the groups of a person out: there are too many');
    return null;
  }
  return {
    issuer: String(iss),
    subject: String(sub),
    email: text(email),
    // some providers write it as a text
    isEmailVerified: verified === true || verified === 'true',
    name: text(name) ?? text(username) ?? '',
    groups: list(claims[groupClaim]),
  };
}
