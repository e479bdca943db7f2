import { type Client, type Entry, EqualityFilter } from 'ldapts';
import type { DirectoryPerson } from '../../ports/directory.js';
import { SEARCH_SECONDS } from './ldap-connection.js';

/** What servers call the id that outlives a new name: Active Directory, OpenLDAP, 389, FreeIPA. */
const IDS = ['objectGUID', 'entryUUID', 'nsUniqueId', 'ipaUniqueID'] as const;
const ATTRIBUTES = [...IDS, 'mail', 'userPrincipalName', 'displayName', 'cn', 'userAccountControl'];
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

/** The entries below `baseDn`, two at most, whose attribute has exactly this value. */
export async function entriesBy(
  client: Client,
  baseDn: string,
  attribute: string,
  value: string,
): Promise<Entry[]> {
  const { searchEntries } = await client.search(baseDn, {
    scope: 'sub',
    filter: new EqualityFilter({ attribute, value }),
    attributes: ATTRIBUTES,
    explicitBufferAttributes: ['objectGUID', 'objectguid'],
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
