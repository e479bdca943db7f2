import { Unavailable } from '../../../src/domain/failure.js';
import { type LdapOptions, ldapDirectory } from '../../../src/infra/directory/ldap.js';
import { foldedDn } from '../../../src/infra/directory/ldap-dn.js';
import type { DirectoryGroup, DirectoryPerson } from '../../../src/ports/directory.js';
import { SilentLog } from '../../kit/log.js';
import {
  DIRECTORY_PASSWORD,
  directoryGroup,
  directoryPerson,
  GROUPS,
  PEOPLE,
  SERVICE,
  slapd,
} from '../../kit/slapd.js';
import { wiretap } from '../../kit/wiretap.js';

/** 20,000 people who are all in one group. */
const COUNT = 20_000;
const uids = Array.from({ length: COUNT }, (_, nth) => `u${nth}`);
const entries = uids.map(
  (uid) => `dn: uid=${uid},${PEOPLE}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid}
sn: ${uid}
mail: ${uid}@example.com
`,
);
const everybody = `dn: cn=everybody,${GROUPS}
objectClass: groupOfNames
cn: everybody
${uids.map((uid) => `member: uid=${uid},${PEOPLE}`).join('\n')}
`;

const large = await slapd(null, { more: `${entries.join('\n')}\n${everybody}` });
const small = await slapd();
afterAll(() => Promise.all([large.remove(), small.remove()]));

const log = new SilentLog();
const directory = (options: Partial<LdapOptions> = {}) =>
  ldapDirectory({
    urls: [small.url],
    startTls: false,
    ca: null,
    bindDn: SERVICE.dn,
    bindPassword: SERVICE.password,
    baseDn: PEOPLE,
    groupBaseDn: GROUPS,
    loginAttribute: 'uid',
    log,
    ...options,
  });

const named =
  (...names: string[]) =>
  ({ name }: DirectoryGroup) =>
    names.includes(name);

async function all(of = directory(), isWanted: ReturnType<typeof named> | null = null) {
  const pages: (readonly DirectoryPerson[])[] = [];
  await of.readPeople(isWanted, async (page) => void pages.push(page));
  return { pages, people: pages.flat() };
}

const groupsIn = (people: readonly DirectoryPerson[], email: string) =>
  people.find((person) => person.email === email)?.groups.map(({ name }) => name);

const ada = await directoryPerson(small, 'ada', { name: 'Ada Lovelace' });
const bob = await directoryPerson(small, 'bob');

describe('everybody', () => {
  it('comes page by page, 20,000 people with the group that they are all in', async () => {
    const { pages, people } = await all(directory({ urls: [large.url] }), named('everybody'));
    expect(new Set(people.map(({ externalId }) => externalId)).size).toBe(COUNT);
    expect(pages.length).toBeGreaterThanOrEqual(COUNT / 500);
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(500);
    expect(people.filter(({ groups }) => groups.length === 1)).toHaveLength(COUNT);
  }, 30_000);

  it('is said the same of as at a sign-in, but for the groups that nobody wants', async () => {
    await directoryGroup(small, 'unwanted', [ada]);
    const { people } = await all();
    const signedIn = await directory().authenticate('ada', DIRECTORY_PASSWORD);
    expect(people).toContainEqual({ ...signedIn, groups: [] });
  });

  it('is in the wanted groups by way of others, and a ring of groups ends', async () => {
    const inner = await directoryGroup(small, 'inner', [ada]);
    const middle = await directoryGroup(small, 'middle', [inner, bob]);
    await directoryGroup(small, 'outer', [middle]);
    await small.set(inner, 'member', [ada, middle]);
    const { people } = await all(directory(), named('outer', 'inner'));
    expect(groupsIn(people, 'ada@example.com')?.sort()).toEqual(['inner', 'outer']);
    expect(groupsIn(people, 'bob@example.com')?.sort()).toEqual(['inner', 'outer']);
  });

  it('is who has a login, and no one without a lasting id', async () => {
    const hidden = await directoryPerson(small, 'hidden');
    await small.set(hidden, 'employeeType', ['hidden']);
    const nameless = await directoryPerson(small, 'nameless', { mail: 'nameless@example.com' });
    await small.set(nameless, 'mail', []);
    const emails = async (loginAttribute: string) =>
      (await all(directory({ loginAttribute }))).people.map(({ email }) => email);
    expect(await emails('uid')).toContain(null);
    expect(await emails('mail')).not.toContain(null);
    expect(await emails('mail')).not.toContain('hidden@example.com');
  });

  it('is disabled where userAccountControl says so', async () => {
    const more = { objectGUID: '0123456789abcdef', userAccountControl: '514' };
    await directoryPerson(small, 'gone', { more });
    const { people } = await all();
    expect(people.find(({ email }) => email === 'gone@example.com')).toMatchObject({ isDisabled: true });
  });

  it('is read from the next server where the first one hangs up in the middle, but not when the reader stops', async () => {
    const wire = await wiretap(small.url, { hangsUp: true });
    const both = directory({ urls: [wire.url, small.url] });
    expect((await all(both)).people).toEqual((await all()).people);
    const stop = new Error('the reader has had enough');
    const before = small.log().length;
    const stopping = directory({ urls: [small.url, small.url] }).readPeople(null, () => Promise.reject(stop));
    await expect(stopping).rejects.toBe(stop);
    expect(
      small
        .log()
        .slice(before)
        .match(/ ACCEPT /g),
    ).toHaveLength(1);
    await wire.close();
  });

  it('is asked for group by group from Active Directory, with its rule in chain', async () => {
    const windows = await slapd(null, { isWindows: true });
    await windows.add(`cn=Managers,${GROUPS}`, {
      objectClass: ['groupOfNames', 'group'],
      cn: 'Managers',
      member: ada,
    });
    const wire = await wiretap(windows.url);
    await all(directory({ urls: [wire.url] }), named('Managers'));
    await wire.close();
    await windows.remove();
    // RFC 4511, 4.5.1: extensibleMatch [9] of rule [1], attribute [2] and value [3]
    const parts = ['1.2.840.113556.1.4.1941', 'memberOf', `cn=Managers,${GROUPS}`].flatMap((text, index) => [
      Buffer.of(0x81 + index, text.length),
      Buffer.from(text),
    ]);
    const filter = Buffer.concat(parts);
    expect(wire.said()).toContain(Buffer.concat([Buffer.of(0xa9, filter.length), filter]).toString('latin1'));
  });

  it.each([
    ['no server is there', { urls: ['ldap://127.0.0.1:1'] }],
    ['the service may not search', { bindPassword: 'not this' }],
    ['people are looked for where nothing is', { baseDn: `ou=nowhere,${PEOPLE}` }],
  ])('is Unavailable when %s', async (_when, options) => {
    await expect(all(directory(options))).rejects.toThrow(Unavailable);
  });
});

describe('a person asked for by the lasting id', () => {
  it('is the one of the sign-in, groups and all, whatever the entry is called by now', async () => {
    const person = await directory().authenticate('ada', DIRECTORY_PASSWORD);
    expect(await directory().findPerson(person?.externalId ?? '')).toEqual(person);
    await small.move(ada, `uid=ada king,${PEOPLE}`);
    expect(await directory().findPerson(person?.externalId ?? '')).toMatchObject({ name: 'Ada Lovelace' });
  });

  it('is found by the id of Active Directory, too', async () => {
    const externalId = Buffer.from('0123456789abcdef').toString('hex');
    expect(await directory().findPerson(externalId)).toMatchObject({ externalId, isDisabled: true });
  });

  it('is nobody where the entry is gone, has lost its login or lies elsewhere', async () => {
    const dn = await directoryPerson(small, 'leaver');
    const { externalId = '' } = (await directory().authenticate('leaver', DIRECTORY_PASSWORD)) ?? {};
    expect(await directory({ baseDn: GROUPS }).findPerson(externalId)).toBeNull();
    await small.set(dn, 'mail', []);
    expect(await directory({ loginAttribute: 'mail' }).findPerson(externalId)).toBeNull();
    await small.delete(dn);
    for (const id of [externalId, '', '*', 'ff'.repeat(16)])
      expect(await directory().findPerson(id)).toBeNull();
  });
});

it.each([
  ['UID=Ada , OU=People,dc=X', 'uid=ada,ou=people,dc=x'],
  ['cn=a\\2Cb (c)*,dc=x', 'cn=a\\,b (c)*,dc=x'],
  ['cn=Élan,dc=x', 'cn=\\c3\\a9lan,dc=x'],
  ['cn=\\20a,dc=x', 'cn=\\ a,dc=x'],
])('takes %s and %s for the same name', (one, other) => {
  expect(foldedDn(one)).toBe(foldedDn(other));
  expect(foldedDn(one)).not.toBe(foldedDn('cn=a,b (c)*,dc=x'));
});
