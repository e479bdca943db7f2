import type { Values } from './variables.js';

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
  };
}
