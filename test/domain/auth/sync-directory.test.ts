import type { DirectorySignIn } from '../../../src/domain/auth/directory-rules.js';
import { refreshTokens } from '../../../src/domain/auth/refresh-tokens.js';
import {
  type PeriodicSync,
  rehearseSync,
  runDirectorySync,
} from '../../../src/domain/auth/run-directory-sync.js';
import { setPassword } from '../../../src/domain/auth/set-password.js';
import { signIn } from '../../../src/domain/auth/sign-in.js';
import { Unavailable } from '../../../src/domain/failure.js';
import { readNotificationPage } from '../../../src/domain/notifications/notification-reader.js';
import { messageOf } from '../../../src/domain/notifications/tell.js';
import { createCircle } from '../../../src/domain/people/circle.js';
import { updateUser } from '../../../src/domain/users/update-user.js';
import { type LdapOptions, ldapDirectory } from '../../../src/infra/directory/ldap.js';
import type { Directory } from '../../../src/ports/directory.js';
import { readSync } from '../../../src/sql/directory/sync-lease.js';
import { ManualClock } from '../../kit/clock.js';
import { cloneDatabase, type TestDatabase } from '../../kit/database.js';
import { SilentLog } from '../../kit/log.js';
import { person } from '../../kit/people.js';
import {
  DIRECTORY_PASSWORD,
  directoryGroup,
  directoryPerson,
  GROUPS,
  PEOPLE,
  SERVICE,
  type Slapd,
  slapd,
} from '../../kit/slapd.js';
import { instance, judge, member, session } from './identity-kit.js';

const opened: { database: TestDatabase; server: Slapd }[] = [];
afterAll(() => Promise.all(opened.flatMap(({ database, server }) => [database.drop(), server.remove()])));

const MINUTE = 60_000;
const ALL = { atOnce: true, acceptLosses: false };

/** An organisation of its own: its directory, its database, an api, and some people who have signed in. */
async function organisation(
  uids: readonly string[] = ['ada', 'bob', 'eve'],
  more: Partial<PeriodicSync> = {},
) {
  const [database, server] = await Promise.all([cloneDatabase(), slapd()]);
  opened.push({ database, server });
  const db = await database.open();
  const log = new SilentLog();
  const ldap = (options: Partial<LdapOptions> = {}) =>
    ldapDirectory({
      urls: [server.url],
      startTls: false,
      ca: null,
      bindDn: SERVICE.dn,
      bindPassword: SERVICE.password,
      baseDn: PEOPLE,
      groupBaseDn: GROUPS,
      loginAttribute: 'mail',
      log,
      ...options,
    });
  const rules: DirectorySignIn = {
    directory: ldap(),
    roleGroups: [
      { group: 'Administrators', role: 'ADMINISTRATOR' },
      { group: 'Managers', role: 'MANAGER' },
    ],
    defaultRole: 'MEMBER',
    memberGroups: [{ group: 'Chemists', name: 'Laboratory' }],
  };
  const clock = new ManualClock();
  const api = await instance(db, { directory: rules, clock });
  const admin = await member(api, { role: 'ADMINISTRATOR', email: 'root@example.com' });
  const sync: PeriodicSync = {
    rules,
    everyMs: 15 * MINUTE,
    mostLossesPercent: 50,
    createsPeople: false,
    ...more,
  };
  const dns = new Map<string, string>();
  for (const uid of uids) dns.set(uid, await directoryPerson(server, uid));
  const enter = (uid: string) => session(api, `${uid}@example.com`, DIRECTORY_PASSWORD);
  const tokens = new Map<string, Awaited<ReturnType<typeof enter>>>();
  for (const uid of uids) tokens.set(uid, await enter(uid));
  return {
    database,
    db,
    server,
    api,
    clock,
    admin,
    sync,
    ldap,
    enter,
    dn: (uid: string) => dns.get(uid) ?? '',
    tokens: (uid: string) => tokens.get(uid) as Awaited<ReturnType<typeof enter>>,
    id: (uid: string) => tokens.get(uid)?.user.id ?? '',
    run: (directory: Partial<Directory> = {}, command = ALL) =>
      runDirectorySync(
        api.ctx,
        { ...sync, rules: { ...rules, directory: { ...rules.directory, ...directory } } },
        command,
      ),
    row: async (uid: string) => {
      const [row] = await database.psql<{ active: boolean; role: string; name: string; email: string }>(
        'select active, role, name, email from app_user where id = $1',
        [tokens.get(uid)?.user.id],
      );
      return row;
    },
    audits: (uid: string) =>
      database.psql(
        `select action, before, after, actor_id from audit where subject_id = $1 and action like 'user.%' order by id`,
        [tokens.get(uid)?.user.id],
      ),
    everything: () =>
      database.psql(
        'select id, email, name, role, active, version, closed_by_directory from app_user order by id',
      ),
  };
}

const org = await organisation();
const guid = (text: string) => ({ objectGUID: text.padEnd(16, '0') });

describe('whom the directory does not have any more', () => {
  it.each([
    ['removed', async (o: typeof org, uid: string) => o.server.delete(o.dn(uid))],
    [
      'moved out of what is searched',
      async (o: typeof org, uid: string) => o.server.move(o.dn(uid), `uid=${uid},${GROUPS}`),
    ],
    ['without a login', async (o: typeof org, uid: string) => o.server.set(o.dn(uid), 'mail', [])],
  ])('loses the account and every session at once when %s', async (_how, leave) => {
    const own = await organisation();
    await leave(own, 'eve');
    expect(await judge(own.api, own.tokens('eve'))).not.toBe('INVALID');
    expect(await own.run()).toMatchObject({
      people: 2,
      linked: 3,
      losses: 1,
      counts: { CLOSED: 1 },
      refusal: null,
    });
    await own.api.identity.watch.look();
    expect(await judge(own.api, own.tokens('eve'))).toBe('INVALID');
    expect(await refreshTokens(own.api.ctx, own.tokens('eve'))).toMatchObject({ kind: 'RefreshRefused' });
    expect(await judge(own.api, own.tokens('ada'))).not.toBe('INVALID');
    expect((await own.audits('eve')).at(-1)).toEqual({
      action: 'user.applyDirectory',
      before: { isActive: true },
      after: { isActive: false },
      actor_id: null,
    });
    expect(await own.run()).toMatchObject({ losses: 0, changes: [] });
  });

  it('enters again when the directory has the person again, by a sync or a sign-in', async () => {
    const own = await organisation(['ada', 'bob', 'eve'], { mostLossesPercent: 100 });
    await own.server.move(own.dn('eve'), `uid=eve,${GROUPS}`);
    await own.server.move(own.dn('bob'), `uid=bob,${GROUPS}`);
    await own.run();
    const attempt = (uid: string) =>
      signIn(own.api.ctx, { email: `${uid}@example.com`, password: DIRECTORY_PASSWORD });
    expect(await attempt('eve')).toMatchObject({ kind: 'SignInRefused' });
    await own.server.move(`uid=eve,${GROUPS}`, own.dn('eve'));
    await own.server.move(`uid=bob,${GROUPS}`, own.dn('bob'));
    expect(await attempt('eve')).toHaveProperty('accessToken');
    expect(await own.run()).toMatchObject({ counts: { REOPENED: 1 }, losses: 0 });
    expect(await own.row('bob')).toMatchObject({ active: true });
    expect(await attempt('bob')).toHaveProperty('accessToken');
  });
});

describe('whom the directory has disabled', () => {
  it('is closed, and open again when that is taken back', async () => {
    const own = await organisation(['ada', 'bob']);
    const dn = await directoryPerson(own.server, 'win', {
      more: { ...guid('win'), userAccountControl: '512' },
    });
    const { user, ...tokens } = await own.enter('win');
    await own.server.set(dn, 'userAccountControl', ['514']);
    expect(await own.run()).toMatchObject({ counts: { CLOSED: 1 } });
    await own.api.identity.watch.look();
    expect(await judge(own.api, tokens)).toBe('INVALID');
    await own.server.set(dn, 'userAccountControl', ['512']);
    expect(await own.run()).toMatchObject({ counts: { REOPENED: 1 }, changes: [{ userId: user.id }] });
  });
});

describe('who was closed here', () => {
  it('stays closed, whatever the directory says', async () => {
    await updateUser(org.api.as(org.admin.viewer), { id: org.id('bob'), isActive: false });
    const before = await org.everything();
    expect(await org.run()).toMatchObject({ changes: [], losses: 0 });
    expect(await org.everything()).toEqual(before);
    await updateUser(org.api.as(org.admin.viewer), { id: org.id('bob'), isActive: true });
  });

  it('also after the directory had closed the account first', async () => {
    const own = await organisation();
    await own.server.move(own.dn('bob'), `uid=bob,${GROUPS}`);
    await own.run();
    for (const isActive of [true, false])
      await updateUser(own.api.as(own.admin.viewer), { id: own.id('bob'), isActive });
    await own.server.move(`uid=bob,${GROUPS}`, own.dn('bob'));
    expect(await own.run()).toMatchObject({ changes: [] });
    expect(await own.row('bob')).toMatchObject({ active: false });
  });
});

describe('what the directory changes about a person', () => {
  it('is followed: name, address, role and groups, each audited', async () => {
    const own = await organisation();
    const group = await createCircle(own.api.as(own.admin.viewer), 'Group', { name: 'Laboratory' });
    const groupId = 'id' in group ? group.id : '';
    await directoryGroup(own.server, 'Managers', [own.dn('ada')]);
    const chemists = await directoryGroup(own.server, 'chemists', [own.dn('ada'), own.dn('bob')]);
    await own.server.set(own.dn('ada'), 'displayName', ['Ada King']);
    await own.server.set(own.dn('ada'), 'mail', ['Ada.King@example.com']);
    const report = await own.run();
    expect(report?.counts).toEqual({ NAME: 1, ADDRESS: 1, ROLE_RAISED: 1, GROUPS_ADDED: 2 });
    expect(await own.row('ada')).toMatchObject({
      name: 'Ada King',
      email: 'ada.king@example.com',
      role: 'MANAGER',
    });
    expect((await own.audits('ada')).at(-1)).toMatchObject({
      action: 'user.applyDirectory',
      after: { name: 'Ada King', email: 'ada.king@example.com', role: 'MANAGER' },
    });
    const members = () =>
      own.database.psql('select user_id from group_member where group_id = $1 order by user_id', [groupId]);
    expect(await members()).toHaveLength(2);
    await own.server.set(chemists, 'member', [own.dn('eve')]);
    expect(await own.run({}, { atOnce: true, acceptLosses: true })).toMatchObject({
      counts: { GROUPS_ADDED: 1, GROUPS_REMOVED: 2 },
    });
    expect(await members()).toEqual([{ user_id: own.id('eve') }]);
    const audit = await own.database.psql(
      `select action, after from audit where subject_id = $1 and action like 'group.members%' order by id`,
      [groupId],
    );
    expect(audit).toContainEqual({ action: 'group.membersRemove', after: { userIds: [own.id('ada')] } });
    expect(audit).toContainEqual({ action: 'group.membersAdd', after: { userIds: [own.id('eve')] } });
  });

  it('leaves members alone who are not the directory’s, and says which groups are not here', async () => {
    const own = await organisation(['ada']);
    expect(await own.run()).toMatchObject({ unknownGroups: ['Laboratory'] });
    const group = await createCircle(own.api.as(own.admin.viewer), 'Group', { name: 'Laboratory' });
    await own.database.psql('insert into group_member (group_id, user_id) values ($1, $2)', [
      'id' in group ? group.id : '',
      own.admin.id,
    ]);
    await directoryGroup(own.server, 'Chemists', [own.dn('ada')]);
    expect(await own.run()).toMatchObject({ unknownGroups: [], counts: { GROUPS_ADDED: 1 } });
    expect(await own.database.psql('select from group_member')).toHaveLength(2);
  });

  it('voids the access tokens of a role that was taken away, and the session goes on', async () => {
    const own = await organisation();
    const managers = await directoryGroup(own.server, 'Managers', [own.dn('ada')]);
    const before = await own.enter('ada');
    await own.server.set(managers, 'member', [own.dn('bob')]);
    await own.run();
    await own.api.identity.watch.look();
    expect(await judge(own.api, before)).toBe('INVALID');
    expect(await refreshTokens(own.api.ctx, before)).toMatchObject({ user: { role: 'MEMBER' } });
    expect(await own.row('bob')).toMatchObject({ role: 'MANAGER' });
  });

  it('never makes an address belong to two, nor changes anything again and again for it', async () => {
    const own = await organisation();
    await own.server.set(own.dn('ada'), 'mail', ['root@example.com']);
    const before = await own.everything();
    expect(await own.run()).toMatchObject({ changes: [] });
    expect(await own.everything()).toEqual(before);
  });
});

describe('accounts that are not the directory’s', () => {
  it('are left as they are: with a password here, or never linked', async () => {
    const own = await organisation();
    await setPassword(own.api.as(own.admin.viewer), { id: own.id('eve'), password: 'a password of our own' });
    await own.server.delete(own.dn('eve'));
    await person(own.db, 'MANAGER', { email: 'bob.too@example.com' });
    const before = await own.everything();
    expect(await own.run()).toMatchObject({ linked: 2, changes: [], losses: 0 });
    expect(await own.everything()).toEqual(before);
  });

  it('keep the last administrator, even where that one is the directory’s', async () => {
    const own = await organisation();
    await directoryGroup(own.server, 'Administrators', [own.dn('ada')]);
    await own.run();
    await own.database.psql('update app_user set active = false where id = $1', [own.admin.id]);
    await own.server.delete(own.dn('ada'));
    expect(await own.run()).toMatchObject({ changes: [] });
    expect(await own.row('ada')).toMatchObject({ active: true, role: 'ADMINISTRATOR' });
  });
});

describe('accounts in advance', () => {
  it('are made where that is wanted: once, audited, and not for whom an account here stands in the way', async () => {
    const own = await organisation(['ada'], { createsPeople: true });
    await directoryPerson(own.server, 'new');
    const free = await person(own.db, 'MANAGER', { email: 'free@example.com' });
    await directoryPerson(own.server, 'free');
    await directoryPerson(own.server, 'root');
    await directoryPerson(own.server, 'off', { more: { ...guid('off'), userAccountControl: '514' } });
    const rehearsal = await rehearseSync(own.api.ctx, own.sync);
    expect(rehearsal).toMatchObject({ counts: { CREATED: 2 }, conflicts: 1 });
    expect(await own.run()).toEqual(rehearsal);
    expect(await own.run()).toMatchObject({ changes: [], conflicts: 1 });
    const rows = await own.database.psql<{ email: string; id: string; role: string }>(
      'select email, id, role from app_user where external_id is not null order by email',
    );
    expect(rows.map(({ email }) => email)).toEqual([
      'ada@example.com',
      'free@example.com',
      'new@example.com',
    ]);
    expect(rows[1]).toMatchObject({ id: free.id, role: 'MEMBER' });
    expect((await own.enter('new')).user.id).toBe(rows[2]?.id);
  });

  it('are made of nobody by default', async () => {
    await directoryPerson(org.server, 'stranger');
    expect(await org.run()).toMatchObject({ changes: [] });
    expect(await org.database.psql(`select from app_user where email = 'stranger@example.com'`)).toEqual([]);
  });
});

describe('a directory that says too little', () => {
  const names = ['ada', 'bob', 'eve', 'dan', 'fay'];

  it.each([
    ['names nobody', { readPeople: async () => undefined }],
    ['has only others', null],
  ])('closes nobody when it %s, and administrators are told once', async (_what, says) => {
    const own = await organisation(names, { mostLossesPercent: 40 });
    const elsewhere = `uid=other,${GROUPS}`;
    await own.server.add(elsewhere, {
      objectClass: 'inetOrgPerson',
      uid: 'other',
      cn: 'other',
      sn: 'other',
      mail: 'other@example.com',
    });
    const before = await own.everything();
    const answer = says ?? own.ldap({ baseDn: GROUPS });
    for (let each = 0; each < 2; each++)
      expect(await own.run(answer)).toMatchObject({ losses: 5, refusal: expect.any(String), changes: [] });
    expect(await own.everything()).toEqual(before);
    for (const uid of names) expect(await judge(own.api, own.tokens(uid))).not.toBe('INVALID');
    expect(await readSync(own.db, own.clock.fixed())).toMatchObject({ outcome: 'REFUSED', isRunning: false });
    const told = await readNotificationPage(own.api.as(own.admin.viewer), null, false, 10);
    expect(told.map(messageOf)).toEqual([
      'The sync with the directory was refused: too many people would lose something',
    ]);
    expect(own.api.ctx.log.lines.filter(({ level }) => level === 'error')).toHaveLength(2);
    expect(await own.database.psql(`select from audit where action = 'directory.refuseSync'`)).toHaveLength(
      1,
    );
  });

  it('closes nobody whom it merely forgot to show: it is asked again about each', async () => {
    const own = await organisation(names);
    const { directory } = own.sync.rules;
    const forgetful: Partial<Directory> = {
      readPeople: (isWanted, onPage) =>
        directory.readPeople(isWanted, (page) =>
          onPage(page.filter(({ email }) => email !== 'ada@example.com')),
        ),
    };
    expect(await own.run(forgetful)).toMatchObject({ people: 4, losses: 1, changes: [] });
    expect(await own.row('ada')).toMatchObject({ active: true });
  });

  it('takes no role from too many at once where the groups are gone, and gives what it gives all the same', async () => {
    const own = await organisation(names);
    const managers = await directoryGroup(own.server, 'Managers', ['ada', 'bob', 'eve'].map(own.dn));
    await own.run();
    await own.server.delete(managers);
    await own.server.set(own.dn('dan'), 'displayName', ['Daniel']);
    expect(await own.run()).toMatchObject({ losses: 3, mostLosses: 2, counts: { NAME: 1 } });
    expect(await own.row('ada')).toMatchObject({ role: 'MANAGER' });
    expect(await own.run({}, { atOnce: true, acceptLosses: true })).toMatchObject({
      refusal: null,
      counts: { ROLE_LOWERED: 3 },
    });
    expect(await own.row('ada')).toMatchObject({ role: 'MEMBER' });
  });

  it('is never believed when it names nobody, not even on demand', async () => {
    const nobody = { readPeople: async () => undefined };
    expect(await org.run(nobody, { atOnce: true, acceptLosses: true })).toMatchObject({
      refusal: 'The directory names nobody at all.',
    });
  });
});

describe('a directory that is down', () => {
  it('changes nothing, and is tried again later and later until it is back', async () => {
    const own = await organisation();
    const before = await own.everything();
    await own.server.kill();
    const due = { atOnce: false, acceptLosses: false };
    const waits: number[] = [];
    for (let each = 0; each < 7; each++) {
      await expect(own.run({}, due)).rejects.toThrow(Unavailable);
      expect(await own.run({}, due)).toBeNull();
      const { nextAt, outcome } = await readSync(own.db, own.clock.fixed());
      expect(outcome).toBe('FAILED');
      waits.push(Date.parse(nextAt ?? '') - own.clock.now().getTime());
      own.clock.set(new Date(Date.parse(nextAt ?? '')).toISOString());
    }
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 15, 15].map((minutes) => minutes * MINUTE));
    await own.server.start();
    expect(await own.run({}, due)).toMatchObject({ people: 3, refusal: null });
    expect(await own.run({}, due)).toBeNull();
    expect(await own.everything()).toEqual(before);
  }, 20_000);

  it('closes nobody when it goes down in the middle', async () => {
    const own = await organisation();
    await own.server.delete(own.dn('eve'));
    const findPerson = () => Promise.reject(new Unavailable('no directory server answers'));
    await expect(own.run({ findPerson })).rejects.toThrow(Unavailable);
    expect(await own.row('eve')).toMatchObject({ active: true });
    expect(await own.run()).toMatchObject({ counts: { CLOSED: 1 } });
  });
});

describe('several sweepers', () => {
  it('sync one at a time', async () => {
    const own = await organisation();
    await own.server.delete(own.dn('eve'));
    const reports = await Promise.all([1, 2, 3, 4].map(() => own.run({}, { ...ALL, atOnce: false })));
    expect(reports.filter((report) => report !== null)).toHaveLength(1);
    expect(await own.audits('eve')).toHaveLength(2);
  });

  it('take over from one that was killed or frozen, which writes nothing any more', async () => {
    const own = await organisation();
    await own.server.set(own.dn('ada'), 'displayName', ['Ada King']);
    const { directory } = own.sync.rules;
    let wake = () => {};
    let shown = () => {};
    const frozen = new Promise<void>((resolve) => (wake = resolve));
    const hasShown = new Promise<void>((resolve) => (shown = resolve));
    const stale = own.run({
      readPeople: (isWanted, onPage) =>
        directory.readPeople(isWanted, async (page) => {
          shown();
          await frozen;
          await onPage(page);
        }),
    });
    await hasShown;
    expect(await own.run()).toBeNull();
    own.clock.advance(3 * MINUTE);
    await own.server.set(own.dn('ada'), 'displayName', ['Ada Lovelace']);
    expect(await own.run()).toMatchObject({ counts: { NAME: 1 } });
    wake();
    expect(await stale).toBeNull();
    expect(await own.row('ada')).toMatchObject({ name: 'Ada Lovelace' });
  });

  it('leave it to the next when they are stopped in the middle', async () => {
    const own = await organisation();
    const stop = new AbortController();
    const command = { ...ALL, signal: stop.signal };
    const never = new Promise<void>(() => {});
    const stopped = own.run({ readPeople: () => never }, command);
    stop.abort();
    expect(await stopped).toBeNull();
    expect(await own.run()).toMatchObject({ people: 3 });
  });
});

it('tells in a rehearsal what a sync would do, and writes nothing', async () => {
  const own = await organisation();
  await own.server.delete(own.dn('eve'));
  await own.server.set(own.dn('ada'), 'displayName', ['Ada King']);
  const before = await own.everything();
  const rehearsal = await rehearseSync(own.api.ctx, own.sync);
  expect(rehearsal).toMatchObject({
    counts: { NAME: 1, CLOSED: 1 },
    changes: [
      { userId: own.id('ada'), kinds: ['NAME'] },
      { userId: own.id('eve'), kinds: ['CLOSED'] },
    ],
  });
  expect(await own.everything()).toEqual(before);
  expect(await own.run()).toEqual(rehearsal);
});
