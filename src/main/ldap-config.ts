import type { Env } from './env.js';
import { isThisMachine } from './this-machine.js';
import { type Values, variables } from './variables.js';

/** The directory that the environment names. */
export interface LdapConfig {
  readonly urls: readonly string[];
  readonly startTls: boolean;
  readonly caFile: string | null;
  readonly bindDn: string | null;
  readonly bindPassword: string | null;
  readonly baseDn: string;
  readonly groupBaseDn: string;
  readonly loginAttribute: string;
  readonly roleGroups: Values['LDAP_ROLE_GROUPS'];
  readonly defaultRole: Values['LDAP_DEFAULT_ROLE'];
  readonly memberGroups: Values['LDAP_MEMBER_GROUPS'];
  /** 0: only when an administrator asks for it. */
  readonly syncMinutes: number;
  readonly mostLossesPercent: number;
  readonly createsPeople: boolean;
}

/** Whether what is said to the server leaves this machine, where others may listen. */
function isExposed(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'ldap:' && !isThisMachine(hostname);
}

/**
 * A sentence for each thing that does not fit together. A service that binds without a password would search as
 * nobody, and a password on a plain connection is told to everybody on the way.
 */
export function ldapErrors(env: Env, values: Partial<Values>): string[] {
  if (env.LDAP_URL === undefined) return [];
  const errors: string[] = [];
  if (env.LDAP_BASE_DN === undefined)
    errors.push(`LDAP_BASE_DN is not set; with LDAP_URL it must be ${variables.LDAP_BASE_DN.allowed}.`);
  if ((env.LDAP_BIND_DN === undefined) !== (env.LDAP_BIND_PASSWORD === undefined))
    errors.push('LDAP_BIND_DN and LDAP_BIND_PASSWORD are set together, or neither is.');
  const urls = values.LDAP_URL ?? [];
  for (const url of urls.filter((each) => !URL.canParse(each)))
    errors.push(`LDAP_URL has ${url}; allowed is ${variables.LDAP_URL.allowed}.`);
  if (values.LDAP_START_TLS === 'on' || values.LDAP_ALLOW_PLAIN === 'on') return errors;
  for (const url of urls.filter(isExposed))
    errors.push(
      `LDAP_URL has ${url}, where passwords would go unprotected; allowed is ldaps://, LDAP_START_TLS=on, ` +
        'a server on this machine, or LDAP_ALLOW_PLAIN=on.',
    );
  return errors;
}

/** What the variables say of the directory; null where they name none, whatever the others say. */
export function ldapOf(values: Values): LdapConfig | null {
  if (values.LDAP_URL.length === 0) return null;
  const baseDn = values.LDAP_BASE_DN ?? '';
  return {
    urls: values.LDAP_URL,
    startTls: values.LDAP_START_TLS === 'on',
    caFile: values.LDAP_CA_FILE,
    bindDn: values.LDAP_BIND_DN,
    bindPassword: values.LDAP_BIND_PASSWORD,
    baseDn,
    groupBaseDn: values.LDAP_GROUP_BASE_DN ?? baseDn,
    loginAttribute: values.LDAP_USER_FILTER,
    roleGroups: values.LDAP_ROLE_GROUPS,
    defaultRole: values.LDAP_DEFAULT_ROLE,
    memberGroups: values.LDAP_MEMBER_GROUPS,
    syncMinutes: values.LDAP_SYNC_MINUTES,
    mostLossesPercent: values.LDAP_SYNC_MOST_LOSSES_PERCENT,
    createsPeople: values.LDAP_SYNC_CREATES_PEOPLE === 'on',
  };
}
