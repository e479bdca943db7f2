import { type Client, EqualityFilter, ExtensibleFilter, type Filter, OrFilter } from 'ldapts';
import type { DirectoryGroup } from '../../ports/directory.js';
import type { Log } from '../../ports/log.js';
import { SEARCH_SECONDS } from './ldap-connection.js';
import { textOf } from './ldap-person.js';

/** LDAP_MATCHING_RULE_IN_CHAIN: Active Directory walks up the groups itself. */
export const IN_CHAIN = '1.2.840.113556.1.4.1941';
/**
 * Whoever nests deeper, or is in more, gets the role of the groups found until then. Windows lets nobody sign in
 * who is in more than 1,015, and Active Directory names no more than 1,000 at once.
 */
const MOST_LEVELS = 10;
const MOST_GROUPS = 1_000;
/** Where OpenLDAP stops by default, without the library letting us know. */
const OFTEN_CUT = 500;

const holding = (dn: string): Filter[] => [
  new EqualityFilter({ attribute: 'member', value: dn }),
  new EqualityFilter({ attribute: 'uniqueMember', value: dn }),
];

/**
 * The groups below `baseDn` that hold this entry, also by way of other groups: in one question to Active
 * Directory, and level by level upwards from any other server, where a ring of groups ends by itself.
 */
export async function groupsOf(
  client: Client,
  baseDn: string,
  dn: string,
  isActiveDirectory: boolean,
  log: Log,
): Promise<DirectoryGroup[]> {
  const look = async (filter: Filter): Promise<DirectoryGroup[]> => {
    const { searchEntries } = await client.search(baseDn, {
      scope: 'sub',
      filter,
      attributes: ['cn'],
      sizeLimit: MOST_GROUPS,
      timeLimit: SEARCH_SECONDS,
    });
    if (searchEntries.length >= OFTEN_CUT)
      log.warn(
        { dn, groups: searchEntries.length },
        'the directory may have more groups of a person than it names',
      );
    return searchEntries.map((entry) => ({ dn: entry.dn, name: textOf(entry, 'cn') ?? entry.dn }));
  };
  if (isActiveDirectory)
    return look(new ExtensibleFilter({ matchType: 'member', rule: IN_CHAIN, value: dn }));
  const found = new Map<string, DirectoryGroup>();
  let level = [dn];
  for (let depth = 0; depth < MOST_LEVELS && level.length > 0 && found.size < MOST_GROUPS; depth++) {
    const groups = await look(new OrFilter({ filters: level.flatMap(holding) }));
    const fresh = groups.filter((group) => !found.has(group.dn));
    for (const group of fresh) found.set(group.dn, group);
    level = fresh.map((group) => group.dn);
  }
  return [...found.values()];
}
