import { randomUUID } from 'node:crypto';
import { type Client, ResultCodeError } from 'ldapts';
import { Unavailable } from '../../domain/failure.js';
import type { Directory, DirectoryPerson } from '../../ports/directory.js';
import type { Log } from '../../ports/log.js';
import { converse } from './ldap-connection.js';
import { groupsOf } from './ldap-groups.js';
import { entriesBy, factsOf, isOfActiveDirectory } from './ldap-person.js';

export interface LdapOptions {
  /** `ldaps://host:port` or `ldap://host:port`, asked in this order. */
  readonly urls: readonly string[];
  readonly startTls: boolean;
  /** PEM of the authorities to believe; null for Node's own. */
  readonly ca: string | null;
  /** Who searches; null searches as nobody. */
  readonly bindDn: string | null;
  readonly bindPassword: string | null;
  readonly baseDn: string;
  readonly groupBaseDn: string;
  /** The attribute that holds what people type as their login. */
  readonly loginAttribute: string;
  readonly log: Log;
}

/** For all servers together, so that a sign-in with all around it ends within 5 s. */
const LIMIT_MS = 4_500;

/**
 * What servers answer to a bind that proves nothing: constraint violation (389: too many guesses), no such object
 * and invalid name (several, to a stranger), inappropriate authentication (no password there), invalid credentials, insufficient access, unwilling to
 * perform (389: inactive account).
 */
const REFUSALS = new Set([19, 32, 34, 48, 49, 50, 53]);

/** People of an LDAP server or of Active Directory. A connection lives for one question. */
export function ldapDirectory(options: LdapOptions): Directory {
  const { urls, startTls, ca, log } = options;
  return {
    async authenticate(login, password) {
      // RFC 4513, 5.1.2: a bind with a name and no password succeeds as nobody
      if (login === '' || password === '' || login.includes('\0')) return null;
      const end = performance.now() + LIMIT_MS;
      for (const [index, url] of urls.entries()) {
        const share = Math.floor((end - performance.now()) / (urls.length - index));
        if (share < 1) break;
        try {
          return await converse({ url, startTls, ca }, share, (client) =>
            ask(client, options, login, password),
          );
        } catch (error) {
          log.warn({ err: error, server: url }, 'a directory server gave no answer');
        }
      }
      throw new Unavailable('no directory server answers');
    },
  };
}

const bindService = (client: Client, { bindDn, bindPassword }: LdapOptions): Promise<void> =>
  client.bind(bindDn ?? '', bindPassword ?? '');

async function ask(
  client: Client,
  options: LdapOptions,
  login: string,
  password: string,
): Promise<DirectoryPerson | null> {
  const { baseDn, groupBaseDn, loginAttribute, log } = options;
  await bindService(client, options);
  const entries = await entriesBy(client, baseDn, loginAttribute, login);
  if (entries.length > 1) log.warn({ loginAttribute }, 'several people of the directory share one login');
  const entry = entries.length === 1 && entries[0]?.dn ? entries[0] : null;
  // a stranger costs a bind, too
  const right = await proves(client, entry?.dn ?? `cn=${randomUUID()},${baseDn}`, password);
  if (!entry || !right) return null;
  const facts = factsOf(entry);
  if (!facts) {
    log.warn({ dn: entry.dn }, 'the directory shows no lasting id (entryUUID, objectGUID) of a person');
    return null;
  }
  await bindService(client, options);
  const groups = await groupsOf(client, groupBaseDn, entry.dn, isOfActiveDirectory(entry), log);
  return { ...facts, groups };
}

async function proves(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    if (error instanceof ResultCodeError && REFUSALS.has(error.code)) return false;
    throw error;
  }
}
