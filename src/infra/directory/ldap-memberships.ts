import {
  AndFilter,
  type Client,
  type Entry,
  EqualityFilter,
  ExtensibleFilter,
  OrFilter,
  PresenceFilter,
} from 'ldapts';
import type { DirectoryGroup } from '../../ports/directory.js';
import { foldedDn } from './ldap-dn.js';
import { IN_CHAIN } from './ldap-groups.js';
import { pagesOf } from './ldap-paging.js';
import { factsOf, IDS, mayEnter, textOf } from './ldap-person.js';

/** Of Active Directory: supportedCapabilities has LDAP_CAP_ACTIVE_DIRECTORY_OID. */
const ACTIVE_DIRECTORY = '1.2.840.113556.1.4.800';

/** Where people and groups are, as in LdapOptions. */
interface Places {
  readonly baseDn: string;
  readonly groupBaseDn: string;
  readonly loginAttribute: string;
}

/** Which of the wanted groups somebody is in. */
export type Memberships = (person: Entry) => readonly DirectoryGroup[];

/**
 * Who is in the wanted groups, also by way of other groups, for everybody at once. Active Directory is asked group by
 * group with its rule in chain, as at a sign-in; any other server for all its groups, which are then followed down.
 */
export async function membershipsIn(
  client: Client,
  places: Places,
  isWanted: (group: DirectoryGroup) => boolean,
): Promise<Memberships> {
  return (await isActiveDirectory(client))
    ? byChain(client, places, isWanted)
    : byMembers(client, places, isWanted);
}

async function isActiveDirectory(client: Client): Promise<boolean> {
  const attribute = 'supportedCapabilities';
  const { searchEntries } = await client.search('', { scope: 'base', attributes: [attribute] });
  return [searchEntries[0]?.[attribute] ?? []].flat().some((value) => String(value) === ACTIVE_DIRECTORY);
}

const groupOf = (entry: Entry): DirectoryGroup => ({ dn: entry.dn, name: textOf(entry, 'cn') ?? entry.dn });

const add = <Key>(map: Map<Key, DirectoryGroup[]>, key: Key, group: DirectoryGroup): void => {
  const known = map.get(key);
  if (known) known.push(group);
  else map.set(key, [group]);
};

async function byChain(
  client: Client,
  { baseDn, groupBaseDn, loginAttribute }: Places,
  isWanted: (group: DirectoryGroup) => boolean,
): Promise<Memberships> {
  const wanted: DirectoryGroup[] = [];
  const isGroup = new EqualityFilter({ attribute: 'objectClass', value: 'group' });
  for await (const page of pagesOf(client, groupBaseDn, isGroup, ['cn']))
    wanted.push(...page.map(groupOf).filter(isWanted));
  const found = new Map<string, DirectoryGroup[]>();
  for (const group of wanted) {
    const within = new ExtensibleFilter({ matchType: 'memberOf', rule: IN_CHAIN, value: group.dn });
    const filter = new AndFilter({ filters: [mayEnter(loginAttribute), within] });
    for await (const page of pagesOf(client, baseDn, filter, IDS))
      for (const person of page) add(found, factsOf(person)?.externalId ?? '', group);
  }
  return (person) => found.get(factsOf(person)?.externalId ?? '') ?? [];
}

interface Holder {
  readonly group: DirectoryGroup;
  readonly members: readonly string[];
}

const membersOf = (entry: Entry): string[] =>
  Object.entries(entry)
    .filter(([name]) => ['member', 'uniquemember'].includes(name.toLowerCase()))
    .flatMap(([, values]) => [values].flat())
    .map((dn) => foldedDn(String(dn)));

async function byMembers(
  client: Client,
  { groupBaseDn }: Places,
  isWanted: (group: DirectoryGroup) => boolean,
): Promise<Memberships> {
  const names = ['member', 'uniqueMember'];
  const filter = new OrFilter({ filters: names.map((attribute) => new PresenceFilter({ attribute })) });
  const holders = new Map<string, Holder>();
  for await (const page of pagesOf(client, groupBaseDn, filter, ['cn', ...names]))
    for (const entry of page)
      holders.set(foldedDn(entry.dn), { group: groupOf(entry), members: membersOf(entry) });
  const found = new Map<string, DirectoryGroup[]>();
  for (const [dn, { group }] of holders)
    if (isWanted(group)) for (const member of membersBelow(holders, dn)) add(found, member, group);
  return (person) => found.get(foldedDn(person.dn)) ?? [];
}

/** Everybody in the group and in the groups in it; a ring of groups ends by itself. */
function membersBelow(holders: ReadonlyMap<string, Holder>, top: string): Set<string> {
  const found = new Set([top]);
  for (const dn of found) for (const member of holders.get(dn)?.members ?? []) found.add(member);
  return found;
}
