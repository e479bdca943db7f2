import {
  AndFilter,
  type Client,
  type Entry,
  EqualityFilter,
  type Filter,
  OrFilter,
  PresenceFilter,
} from 'ldapts';
import type { DirectoryPerson } from '../../ports/directory.js';
import { SEARCH_SECONDS } from './ldap-connection.js';

/** What servers call the id that outlives a new name: Active Directory, OpenLDAP, 389, FreeIPA. */
export const IDS = ['objectGUID', 'entryUUID', 'nsUniqueId', 'ipaUniqueID'] as const;
/** What is read of a person. */
export const ATTRIBUTES = [...IDS, 'mail', 'userPrincipalName', 'displayName', 'cn', 'userAccountControl'];
/** ADS_UF_ACCOUNTDISABLE */
const DISABLED = 2;

/** The first value of an attribute, whose name servers write in any case, as text; null where it has none. */
export function textOf(entry: Entry, attribute: string): string | null {
  const [value] = Object.entries(entry)
    .filter(([name]) => name.toLowerCase() === attribute.toLowerCase())
    .flatMap(([, values]) => values);
  if (value === undefined || value.length === 0) return null;
  return Buffer.isBuffer(value) ? value.toString('hex') : value;
}

/** Bytes, where everything else is text. */
export const BYTES = ['objectGUID', 'objectguid'];

/** Who may sign in at all: whoever has a login. */
export const mayEnter = (loginAttribute: string): Filter => new PresenceFilter({ attribute: loginAttribute });

/** The entry that `factsOf` has given this id, as long as it has a login. */
export function behindId(loginAttribute: string, externalId: string): Filter {
  const [guid, ...texts] = IDS;
  const same = texts.map((attribute) => new EqualityFilter({ attribute, value: externalId }));
  const bytes = /^[0-9a-f]{32}$/.test(externalId)
    ? [new EqualityFilter({ attribute: guid, value: Buffer.from(externalId, 'hex') })]
    : [];
  return new AndFilter({
    filters: [mayEnter(loginAttribute), new OrFilter({ filters: [...bytes, ...same] })],
  });
}

/** The entries below `baseDn`, two at most, that the filter fits. */
export async function entriesBy(client: Client, baseDn: string, filter: Filter): Promise<Entry[]> {
  const { searchEntries } = await client.search(baseDn, {
    scope: 'sub',
    filter,
    attributes: ATTRIBUTES,
    explicitBufferAttributes: BYTES,
    sizeLimit: 2,
    timeLimit: SEARCH_SECONDS,
  });
  return searchEntries;
}

export const isOfActiveDirectory = (entry: Entry): boolean => textOf(entry, 'objectGUID') !== null;

/**
 * The facts of a person's entry. Null where the server shows no lasting id: a distinguished name is no
 * substitute, since it may be given to somebody else.
 */
export function factsOf(entry: Entry): Omit<DirectoryPerson, 'groups'> | null {
  const [externalId] = IDS.flatMap((id) => textOf(entry, id) ?? []);
  if (externalId === undefined) return null;
  const email = textOf(entry, 'mail') ?? textOf(entry, 'userPrincipalName');
  return {
    externalId,
    email,
    name: textOf(entry, 'displayName') ?? textOf(entry, 'cn') ?? email ?? entry.dn,
    isDisabled: (Number(textOf(entry, 'userAccountControl') ?? 0) & DISABLED) !== 0,
  };
}
