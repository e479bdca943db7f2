import { createServer } from 'node:net';
import { Unavailable } from '../../../src/domain/failure.js';
import { type LdapOptions, ldapDirectory } from '../../../src/infra/directory/ldap.js';
import { eventually } from '../../kit/eventually.js';
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
import { testAuthority } from '../../kit/test-authority.js';
import { wiretap } from '../../kit/wiretap.js';

const authority = testAuthority();
const server = await slapd(authority);
const second = await slapd();
afterAll(() => Promise.all([server.remove(), second.remove()]));

const log = new SilentLog();
const directory = (options: Partial<LdapOptions> = {}) =>
  ldapDirectory({
    urls: [server.url],
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

const ada = await directoryPerson(server, 'ada', { name: 'Ada Lovelace' });
await directoryPerson(second, 'ada', { name: 'Ada of the second server' });

/** Takes connections and never says a word. */
async function blackHole() {
  const hole = createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve));
  const { port } = hole.address() as { port: number };
  return {
    url: `ldap://127.0.0.1:${port}`,
    /** Resolves only when nobody holds a connection any more. */
    close: () => new Promise((resolve) => hole.close(resolve)),
  };
}

describe('a person of the directory', () => {
  it('is known by the right password, with an id that outlives a new name', async () => {
    const person = await directory().authenticate('ada', DIRECTORY_PASSWORD);
    expect(person).toMatchObject({ email: 'ada@example.com', name: 'Ada Lovelace', isDisabled: false });
    await server.set(ada, 'displayName', ['Ada King']);
    const later = await directory().authenticate('ADA', DIRECTORY_PASSWORD);
    expect(later).toEqual({ ...person, name: 'Ada King' });
    expect(person?.externalId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is found by whatever attribute holds the login', async () => {
    const byMail = directory({ loginAttribute: 'mail' });
    expect(await byMail.authenticate('ada@example.com', DIRECTORY_PASSWORD)).toMatchObject({
      email: 'ada@example.com',
    });
  });

  it('is nobody with another password, and a stranger costs the directory the same questions', async () => {
    const asked = async (login: string) => {
      const before = server.log().length;
      expect(await directory().authenticate(login, 'something else')).toBeNull();
      return [
        ...server
          .log()
          .slice(before)
          .matchAll(/ (BIND|SRCH) (?:base|dn)=/g),
      ].map((match) => match[1]);
    };
    expect(await asked('ada')).toEqual(await asked('nobody'));
  });

  it('is nobody where two share the login', async () => {
    await directoryPerson(server, 'twin-one', { mail: 'twin@example.com' });
    await directoryPerson(server, 'twin-two', { mail: 'twin@example.com' });
    const byMail = directory({ loginAttribute: 'mail' });
    expect(await byMail.authenticate('twin@example.com', DIRECTORY_PASSWORD)).toBeNull();
    await directoryPerson(server, 'triplet', { mail: 'twin@example.com' });
    expect(await byMail.authenticate('twin@example.com', DIRECTORY_PASSWORD)).toBeNull();
  });

  it('is disabled where userAccountControl says so', async () => {
    const guid = { objectGUID: '0123456789abcdef' };
    await directoryPerson(server, 'gone', { more: { ...guid, userAccountControl: '514' } });
    await directoryPerson(server, 'here', { more: { ...guid, userAccountControl: '512' } });
    expect(await directory().authenticate('gone', DIRECTORY_PASSWORD)).toMatchObject({ isDisabled: true });
    expect(await directory().authenticate('here', DIRECTORY_PASSWORD)).toMatchObject({ isDisabled: false });
  });

  it('is nobody where the directory shows no lasting id', async () => {
    const dn = await directoryPerson(server, 'hidden');
    expect(await directory().authenticate('hidden', DIRECTORY_PASSWORD)).not.toBeNull();
    await server.set(dn, 'employeeType', ['hidden']);
    expect(await directory().authenticate('hidden', DIRECTORY_PASSWORD)).toBeNull();
  });

  it('may have letters of any script in login and password', async () => {
    await directoryPerson(server, 'жуковский-😀', { password: 'pässwörd 密码 😀', mail: 'zh@example.com' });
    expect(await directory().authenticate('жуковский-😀', 'pässwörd 密码 😀')).not.toBeNull();
    expect(await directory().authenticate('жуковский-😀', 'passwort')).toBeNull();
  });
});

describe('a server of another make', () => {
  /** The same answers with these texts instead, of the same length. */
  const speaking = async (texts: readonly (readonly [string, string])[]) => {
    const wire = await wiretap(server.url, {
      answers: (said) => texts.reduce((all, [from, to]) => all.replaceAll(from, to), said),
    });
    return { of: directory({ urls: [wire.url] }), close: wire.close };
  };

  it('may write the names of attributes in any case', async () => {
    const guid = { objectGUID: 'abcdef0123456789' };
    await directoryPerson(server, 'lower', { more: { ...guid, userAccountControl: '514' } });
    const lower = await speaking(
      ['objectGUID', 'userAccountControl', 'mail', 'displayName'].map((name) => [name, name.toLowerCase()]),
    );
    const person = await lower.of.authenticate('lower', DIRECTORY_PASSWORD);
    await lower.close();
    expect(person).toEqual(await directory().authenticate('lower', DIRECTORY_PASSWORD));
  });

  it('may say of a stranger that there is no such entry, where it says of others that the password is wrong', async () => {
    // ENUMERATED 49 (invalid credentials) and 32 (no such object)
    const frank = await speaking([['\n\x01\x31', '\n\x01\x20']]);
    const person = await frank.of.authenticate('nobody', 'something else').finally(frank.close);
    expect(person).toBeNull();
  });
});

describe('what a stranger types', () => {
  it('is refused before anybody is asked where the password is empty', async () => {
    const nowhere = directory({ urls: ['ldap://127.0.0.1:1'] });
    expect(await nowhere.authenticate('ada', '')).toBeNull();
    expect(await nowhere.authenticate('', 'password')).toBeNull();
  });

  it.each([
    '*',
    'a*',
    '*)(uid=*',
    'ada)(|(uid=*',
    'ada)(objectClass=*',
    '\\61da',
    'ada\\2a',
    'ada\0',
    'ada\0*',
    'uid=ada',
    ada,
    '\ud800',
    'аda',
    '😀',
  ])('is a value and never a filter: %j finds nobody', async (login) => {
    expect(await directory().authenticate(login, DIRECTORY_PASSWORD)).toBeNull();
  });

  it('may be long', async () => {
    expect(await directory().authenticate('x'.repeat(10_000), DIRECTORY_PASSWORD)).toBeNull();
    expect(await directory().authenticate('ada', 'x'.repeat(10_000))).toBeNull();
  });

  it('is nobody’s password where it has a NUL or is a hash of the right one', async () => {
    for (const password of [`${DIRECTORY_PASSWORD}\0`, '\0', `{CLEARTEXT}${DIRECTORY_PASSWORD}`, '*'])
      expect(await directory().authenticate('ada', password)).toBeNull();
  });
});

describe('groups', () => {
  const named = async (login: string, options: Partial<LdapOptions> = {}) =>
    (await directory(options).authenticate(login, DIRECTORY_PASSWORD))?.groups.map(({ name }) => name).sort();

  it('count by way of other groups, and a ring of groups ends', async () => {
    const eve = await directoryPerson(server, 'eve');
    const inner = await directoryGroup(server, 'inner', [eve]);
    const middle = await directoryGroup(server, 'middle', [inner]);
    const outer = await directoryGroup(server, 'outer', [middle]);
    await directoryGroup(server, 'others', [ada]);
    await server.set(inner, 'member', [eve, outer]);
    expect(await named('eve')).toEqual(['inner', 'middle', 'outer']);
    await server.set(inner, 'member', [outer]);
    expect(await named('eve')).toEqual([]);
  });

  it('count only below the given entry', async () => {
    expect(await named('ada')).toEqual(['others']);
    expect(await named('ada', { groupBaseDn: PEOPLE })).toEqual([]);
  });

  it('are followed ten levels up', async () => {
    let top = await directoryPerson(server, 'deep');
    for (let level = 1; level <= 12; level++) top = await directoryGroup(server, `level-${level}`, [top]);
    expect(await named('deep')).toHaveLength(10);
  });

  it('may have names with characters that filters and distinguished names know', async () => {
    const odd = await directoryPerson(server, 'odd');
    const inner = `cn=a\\2Cb (c)*,${GROUPS}`;
    await server.add(inner, { objectClass: 'groupOfNames', cn: 'a,b (c)*', member: odd });
    await directoryGroup(server, 'around odd', [inner]);
    expect(await named('odd')).toEqual(['a,b (c)*', 'around odd']);
  });

  it('are asked from Active Directory in one question with its rule in chain', async () => {
    await directoryPerson(server, 'windows', { more: { objectGUID: 'fedcba9876543210' } });
    const wire = await wiretap(server.url);
    const person = await directory({ urls: [wire.url] }).authenticate('windows', DIRECTORY_PASSWORD);
    await wire.close();
    expect(person?.externalId).toBe(Buffer.from('fedcba9876543210').toString('hex'));
    // RFC 4511, 4.5.1: extensibleMatch [9] of rule [1], attribute [2] and value [3]
    const parts = ['1.2.840.113556.1.4.1941', 'member', `uid=windows,${PEOPLE}`].flatMap((text, index) => [
      Buffer.of(0x81 + index, text.length),
      Buffer.from(text),
    ]);
    const filter = Buffer.concat(parts);
    const question = Buffer.concat([Buffer.of(0xa9, filter.length), filter]);
    expect(wire.said().split(question.toString('latin1'))).toHaveLength(2);
  });
});

describe('a person of hundreds of groups', () => {
  const count = 700;
  beforeAll(async () => {
    const many = await directoryPerson(server, 'many');
    for (let nth = 0; nth < count; nth++) await directoryGroup(server, `of-many-${nth}`, [many]);
    await directoryGroup(server, 'above many', [`cn=of-many-${count - 1},${GROUPS}`]);
  }, 30_000);

  it('is in all of them, also by way of the last one, and the log says that there may be more', async () => {
    const person = await directory().authenticate('many', DIRECTORY_PASSWORD);
    expect(person?.groups).toHaveLength(count + 1);
    expect(person?.groups.map(({ name }) => name)).toContain('above many');
    expect(JSON.stringify(log.lines)).toContain('more groups of a person than it names');
  });
});

describe('servers', () => {
  const refused = { urls: ['ldap://127.0.0.1:1'] };

  it('are Unavailable when none is there', async () => {
    await expect(directory(refused).authenticate('ada', DIRECTORY_PASSWORD)).rejects.toThrow(Unavailable);
  });

  it.each([
    ['say nothing', 'ldap:', { startTls: false }],
    ['say nothing to StartTLS', 'ldap:', { startTls: true }],
    ['shake no hands', 'ldaps:', {}],
  ])(
    'are Unavailable within five seconds when they take connections and %s',
    async (_how, scheme, options) => {
      const hole = await blackHole();
      const urls = [hole.url.replace('ldap:', scheme), hole.url.replace('ldap:', scheme)];
      await expect(directory({ urls, ...options }).authenticate('ada', DIRECTORY_PASSWORD)).rejects.toThrow(
        Unavailable,
      );
      await hole.close();
    },
    5_000,
  );

  it('follow each other in order when one is down, or hangs in the middle', async () => {
    const both = { urls: [server.url, second.url] };
    expect(await directory(both).authenticate('ada', DIRECTORY_PASSWORD)).toMatchObject({ name: 'Ada King' });
    server.pause();
    try {
      expect(await directory(both).authenticate('ada', DIRECTORY_PASSWORD)).toMatchObject({
        name: 'Ada of the second server',
      });
    } finally {
      server.resume();
    }
    expect(
      await directory({ urls: [...refused.urls, second.url] }).authenticate('ada', DIRECTORY_PASSWORD),
    ).toMatchObject({ name: 'Ada of the second server' });
  }, 15_000);

  it('are not asked further once one has refused', async () => {
    const calls = () => second.log().match(/ ACCEPT /g)?.length ?? 0;
    const before = calls();
    const both = directory({ urls: [server.url, second.url] });
    expect(await both.authenticate('ada', 'something else')).toBeNull();
    // A log is behind what happens: whatever came before this one is in it once this one is.
    await directory({ urls: [second.url] }).authenticate('asked-last', DIRECTORY_PASSWORD);
    await eventually(() => expect(second.log()).toContain('asked-last'));
    expect(calls()).toBe(before + 1);
  });

  it('are Unavailable, and not a refusal, where the service itself may not search', async () => {
    await expect(
      directory({ bindPassword: 'not this' }).authenticate('ada', DIRECTORY_PASSWORD),
    ).rejects.toThrow(Unavailable);
    expect(JSON.stringify(log.lines)).not.toContain('not this');
    expect(JSON.stringify(log.lines)).not.toContain(DIRECTORY_PASSWORD);
  });

  it('are Unavailable when they hang up in the middle, and never asked on a second connection as nobody', async () => {
    const wire = await wiretap(server.url, { hangsUp: true });
    await expect(directory({ urls: [wire.url] }).authenticate('ada', DIRECTORY_PASSWORD)).rejects.toThrow(
      Unavailable,
    );
    expect(wire.calls()).toBe(1);
    await wire.close();
  });

  it('keep no connection after an answer', async () => {
    await directory().authenticate('ada', DIRECTORY_PASSWORD);
    const count = (word: RegExp) => server.log().match(word)?.length ?? 0;
    await eventually(() => expect(count(/ closed/g)).toBe(count(/ ACCEPT /g)));
  });
});

describe('protected connections', () => {
  const secure = { urls: [server.secureUrl], ca: authority.ca };
  const upgraded = { startTls: true, ca: authority.ca };
  const localhost = (url: string) => url.replace('127.0.0.1', 'localhost');

  it.each([
    ['LDAPS', secure],
    ['StartTLS', upgraded],
    ['LDAPS by name', { ...secure, urls: [localhost(server.secureUrl)] }],
    ['StartTLS by name', { ...upgraded, urls: [localhost(server.url)] }],
  ])('work by %s', async (_how, options) => {
    const before = server.log().length;
    expect(await directory(options).authenticate('ada', DIRECTORY_PASSWORD)).not.toBeNull();
    expect(await directory(options).authenticate('ada', 'something else')).toBeNull();
    const said = server.log().slice(before);
    expect(said).toMatch(/TLS established/);
    expect(said.indexOf('TLS established')).toBeLessThan(said.indexOf('BIND'));
  });

  it.each([
    ['LDAPS of another authority', { ...secure, ca: testAuthority().ca }],
    ['StartTLS of another authority', { ...upgraded, ca: testAuthority().ca }],
    ['LDAPS of an authority that nobody knows', { ...secure, ca: null }],
    ['StartTLS from a server that cannot', { ...upgraded, urls: [second.url] }],
  ])('are refused before a word is said: %s', async (_how, options) => {
    const before = [server.log().length, second.log().length];
    await expect(directory(options).authenticate('ada', DIRECTORY_PASSWORD)).rejects.toThrow(Unavailable);
    expect(server.log().slice(before[0]) + second.log().slice(before[1])).not.toContain('BIND');
  });

  it('are refused where the certificate names another host', async () => {
    const elsewhere = testAuthority('DNS:elsewhere.example');
    const other = await slapd(elsewhere);
    try {
      for (const options of [{ urls: [other.secureUrl] }, { urls: [other.url], startTls: true }])
        await expect(
          directory({ ...options, ca: elsewhere.ca }).authenticate('ada', DIRECTORY_PASSWORD),
        ).rejects.toThrow(Unavailable);
    } finally {
      await other.remove();
    }
  });
});
