import { randomUUID } from 'node:crypto';
import { type Client, type Entry, EqualityFilter, ResultCodeError } from 'ldapts';
import { Unavailable } from '../../domain/failure.js';
import type { Directory, DirectoryGroup, DirectoryPerson } from '../../ports/directory.js';
import type { Log } from '../../ports/log.js';
import { converse } from './ldap-connection.js';
import { groupsOf } from './ldap-groups.js';
import { membershipsIn } from './ldap-memberships.js';
import { pagesOf } from './ldap-paging.js';
import { ATTRIBUTES, behindId, entriesBy, factsOf, isOfActiveDirectory, mayEnter } from './ldap-person.js';

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

/** For each answer while everybody is read, and for all of it, on one server. */
const PAGE_MS = 30_000;
const READ_MS = 1_200_000;

/** Thrown by whom the people were shown to: no other server would change that. */
class Stopped extends Error {}

/** People of an LDAP server or of Active Directory. A connection lives for one question. */
export function ldapDirectory(options: LdapOptions): Directory {
  return {
    async authenticate(login, password) {
      // RFC 4513, 5.1.2: a bind with a name and no password succeeds as nobody
      if (login === '' || password === '' || login.includes('\0')) return null;
      return soon(options, (client) => ask(client, options, login, password));
    },
    findPerson: (externalId) =>
      soon(options, async (client) => {
        await bindService(client, options);
        const filter = behindId(options.loginAttribute, externalId);
        const [entry] = await entriesBy(client, options.baseDn, filter);
        return entry ? personOf(client, options, entry) : null;
      }),
    async readPeople(isWanted, onPage) {
      const { urls, startTls, ca, log } = options;
      const show = (page: readonly DirectoryPerson[]) =>
        onPage(page).catch((cause) => Promise.reject(new Stopped('the reader has stopped', { cause })));
      for (const url of urls) {
        try {
          const read = (client: Client) => readAll(client, options, isWanted, show);
          return await converse({ url, startTls, ca }, READ_MS, read, PAGE_MS);
        } catch (error) {
          if (error instanceof Stopped) throw error.cause;
          log.warn({ err: error, server: url }, 'a directory server did not show everybody');
        }
      }
      throw new Unavailable('no directory server shows everybody');
    },
  };
}

/** The answer of the first server that gives one; what is left of the time is shared among those that are left. */
async function soon<T>(
  { urls, startTls, ca, log }: LdapOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const end = performance.now() + LIMIT_MS;
  for (const [index, url] of urls.entries()) {
    const share = Math.floor((end - performance.now()) / (urls.length - index));
    if (share < 1) break;
    try {
      return await converse({ url, startTls, ca }, share, work);
    } catch (error) {
      log.warn({ err: error, server: url }, 'a directory server gave no answer');
    }
  }
  throw new Unavailable('no directory server answers');
}

async function readAll(
  client: Client,
  options: LdapOptions,
  isWanted: ((group: DirectoryGroup) => boolean) | null,
  show: (page: readonly DirectoryPerson[]) => Promise<void>,
): Promise<void> {
  const { baseDn, loginAttribute } = options;
  await bindService(client, options);
  const groupsOfPerson = isWanted ? await membershipsIn(client, options, isWanted) : () => [];
  for await (const page of pagesOf(client, baseDn, mayEnter(loginAttribute), ATTRIBUTES))
    await show(
      page.flatMap((entry) => {
        const facts = factsOf(entry);
        return facts ? { ...facts, groups: groupsOfPerson(entry) } : [];
      }),
    );
}

const bindService = (client: Client, { bindDn, bindPassword }: LdapOptions): Promise<void> =>
  client.bind(bindDn ?? '', bindPassword ?? '');

async function ask(
  client: Client,
  options: LdapOptions,
  login: string,
  password: string,
): Promise<DirectoryPerson | null> {
  const { baseDn, loginAttribute, log } = options;
  await bindService(client, options);
  const filter = new EqualityFilter({ attribute: loginAttribute, value: login });
  const entries = await entriesBy(client, baseDn, filter);
  if (entries.length > 1) log.warn({ loginAttribute }, 'several people of the directory share one login');
  const entry = entries.length === 1 && entries[0]?.dn ? entries[0] : null;
  // a stranger costs a bind, too
  const right = await proves(client, entry?.dn ?? `cn=${randomUUID()},${baseDn}`, password);
  if (!entry || !right) return null;
  await bindService(client, options);
  return personOf(client, options, entry);
}

async function personOf(
  client: Client,
  { groupBaseDn, log }: LdapOptions,
  entry: Entry,
): Promise<DirectoryPerson | null> {
  const facts = factsOf(entry);
  if (!facts) {
    log.warn({ dn: entry.dn }, 'the directory shows no lasting id (entryUUID, objectGUID) of a person');
    return null;
  }
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
