import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DirectorySignIn } from '../domain/auth/directory-rules.js';
import type { PeriodicSync } from '../domain/auth/run-directory-sync.js';
import { ldapDirectory } from '../infra/directory/ldap.js';
import type { Program } from './run.js';

function readCa(path: string | null): string | null {
  if (path === null) return null;
  try {
    const pem = readFileSync(path, 'utf8');
    // of a text without certificates TLS believes nobody, and says so at each sign-in only
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`LDAP_CA_FILE is "${path}", which cannot be read (${code}); allowed is a PEM file.`);
  }
}

/**
 * Sign-in by the directory, where there is one. Its servers are not asked before somebody signs in.
 * @throws Error with a sentence when the file of authorities cannot be read
 */
export function directoryOf({ config, log }: Pick<Program, 'config' | 'log'>): DirectorySignIn | null {
  const { ldap } = config;
  if (!ldap) return null;
  const plain = ldap.urls.filter((url) => url.startsWith('ldap:'));
  if (plain.length > 0 && !ldap.startTls)
    log.warn({ servers: plain }, 'passwords go to the directory unprotected: use ldaps or LDAP_START_TLS');
  const directory = ldapDirectory({ ...ldap, ca: readCa(ldap.caFile), log });
  const { roleGroups, defaultRole, memberGroups } = ldap;
  return { directory, roleGroups, defaultRole, memberGroups };
}

const MINUTE_MS = 60_000;

/** The sync with the directory, where there is one; `everyMs` is 0 where it runs on demand only. */
export function periodicSyncOf(
  { ldap }: Program['config'],
  rules: DirectorySignIn | null,
): PeriodicSync | null {
  if (!ldap || !rules) return null;
  const { mostLossesPercent, createsPeople, syncMinutes } = ldap;
  return { rules, mostLossesPercent, createsPeople, everyMs: syncMinutes * MINUTE_MS };
}
