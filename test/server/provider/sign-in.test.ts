import { permitIdentity } from '../../../src/domain/auth/provider/link-identity.js';
import { newId } from '../../../src/domain/ids.js';
import { eraseUser } from '../../../src/domain/privacy/erase-user.js';
import { useDatabase } from '../../kit/database.js';
import { Browser } from '../../kit/oidc/browser.js';
import { startWorld, type World } from '../../kit/oidc/world.js';
import { person } from '../../kit/people.js';

const { db, psql } = await useDatabase();
let world: World;
let strict: World;
beforeAll(async () => {
  world = await startWorld(db, {
    roleGroups: [
      { group: 'admins', role: 'ADMINISTRATOR' },
      { group: 'facility', role: 'MANAGER' },
    ],
    memberGroups: [{ group: 'chemists', name: 'Chemistry' }],
  });
  strict = await startWorld(db, { addsPeople: false });
  await psql('insert into user_group (id, name) values ($1, $2)', [newId(), 'Chemistry']);
});
afterAll(() => Promise.all([world.close(), strict.close()]));

const guest = (sub: string, more: object = {}) => ({
  sub,
  email: `${sub}@example.com`,
  email_verified: true,
  name: `The ${sub}`,
  ...more,
});

const VIEWER = `mutation { tokenRefresh { ... on TokenRefreshSuccess { accessToken refreshToken
  user { name email role identities { issuer email } } } ... on UserError { message } } }`;
const whoIs = async ({ browser }: { browser: Browser }, at = world) =>
  ((await at.graphql(browser, VIEWER)) as unknown as { data: { tokenRefresh: { user: object } } }).data
    .tokenRefresh;
const userOf = async (sub: string) =>
  (
    await psql<{ id: string; role: string; name: string; email: string; version: number }>(
      'select u.* from app_user u join user_identity i on i.user_id = u.id where i.subject = $1',
      [sub],
    )
  )[0];
const groupsOf = async (sub: string) =>
  (
    await psql<{ name: string }>(
      `select g.name from group_member m join user_group g on g.id = m.group_id
       join user_identity i on i.user_id = m.user_id where i.subject = $1`,
      [sub],
    )
  ).map(({ name }) => name);

describe('signing in at a provider', () => {
  it('makes a person, opens a session in the cookie, and leads back to where one came from', async () => {
    const came = await world.visit(guest('ada'), '?return=/rooms?day=1%23top');
    expect(came).toMatchObject({ status: 303, to: `${world.url}/rooms?day=1#top` });
    const [session = '', visit = ''] = ['session', 'visit'].map(
      (name) => came.headers.getSetCookie().find((line) => line.startsWith(`holdfast-${name}=`)) ?? '',
    );
    expect(session).toMatch(
      /^holdfast-session=hfr_[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    );
    expect(visit).toMatch(/^holdfast-visit=; Path=\/; Max-Age=0/);
    expect(came.headers.get('cache-control')).toBe('no-store');
    expect(came.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await whoIs(came)).toMatchObject({
      refreshToken: null,
      user: {
        name: 'The ada',
        email: 'ada@example.com',
        role: 'MEMBER',
        identities: [{ issuer: world.provider.issuer, email: 'ada@example.com' }],
      },
    });
  });

  it('knows the person again by the subject, whatever the address has become, and takes name and address over', async () => {
    await world.visit(guest('bob'));
    const before = await userOf('bob');
    await world.visit(guest('bob', { email: 'Robert@Example.com', name: 'Robert' }));
    expect(await userOf('bob')).toMatchObject({
      id: before?.id,
      email: 'robert@example.com',
      name: 'Robert',
    });
    const eve = await world.visit(guest('eve', { email: 'robert@example.com' }));
    expect(eve).toMatchObject({ status: 403, to: null });
    await world.visit(guest('bob', { email: 'other@example.com', email_verified: false }));
    expect(await userOf('bob')).toMatchObject({ email: 'robert@example.com' });
  });

  it('gives role and groups by the groups there, and takes them away again', async () => {
    const first = await world.visit(guest('carl', { groups: ['Facility', 'chemists', 'other'] }));
    expect(await whoIs(first)).toMatchObject({ user: { role: 'MANAGER' } });
    expect(await groupsOf('carl')).toEqual(['Chemistry']);
    await world.visit(guest('carl', { groups: ['chemists'] }));
    expect(await userOf('carl')).toMatchObject({ role: 'MEMBER' });
    await world.visit(guest('carl', { groups: [] }));
    expect(await groupsOf('carl')).toEqual([]);
    await world.visit(guest('carl', { groups: ['facility', 'admins'] }));
    expect(await userOf('carl')).toMatchObject({ role: 'ADMINISTRATOR' });
    const audit = await psql<{ action: string }>(
      'select action from audit where subject_id = $1 order by at, id',
      [(await userOf('carl'))?.id],
    );
    const applied = audit.filter(({ action }) => action === 'user.applyProvider');
    expect(applied).toHaveLength(2);
  });

  it('leaves the last administrator the role', async () => {
    await psql("update app_user set role = 'MEMBER' where role = 'ADMINISTRATOR'");
    await world.visit(guest('dora', { groups: ['admins'] }));
    await world.visit(guest('dora', { groups: [] }));
    expect(await userOf('dora')).toMatchObject({ role: 'ADMINISTRATOR' });
  });

  it('refuses who was deactivated, with a page that says so', async () => {
    await world.visit(guest('fred'));
    await psql('update app_user set active = false where id = $1', [(await userOf('fred'))?.id]);
    const came = await world.visit(guest('fred'));
    expect(came).toMatchObject({ status: 403, to: null });
    expect(came.text).toContain('This account is closed');
    expect(came.browser.cookie(world.url, 'holdfast-session')).toBeNull();
  });

  it('adds nobody whose address is not verified, or who has none', async () => {
    for (const more of [
      { email_verified: false },
      { email_verified: undefined },
      { email: undefined },
      { email: 'no address' },
    ]) {
      const came = await world.visit(guest('greg', more));
      expect(came).toMatchObject({ status: 403, to: null });
      expect(came.text).toContain('Your address is not verified');
    }
    expect(await userOf('greg')).toBeUndefined();
  });

  it('does not bring back who was erased, until an administrator adds and permits them anew', async () => {
    await world.visit(guest('gone'));
    const gone = await userOf('gone');
    const boss = await person(db, 'ADMINISTRATOR');
    const ctx = { ...world.at.ctx, viewer: boss.viewer };
    expect(
      await eraseUser(ctx, { id: gone?.id as string, confirmEmail: gone?.email as string }),
    ).toHaveProperty('user');
    const people = await psql('select from app_user');
    expect(await world.visit(guest('gone'))).toMatchObject({ status: 403, to: null });
    expect(await psql('select from app_user')).toHaveLength(people.length);
    const anew = await person(db, 'MEMBER', { email: 'gone@example.com' });
    expect(await permitIdentity(ctx, { id: anew.id })).toMatchObject({ id: anew.id });
    expect(await world.visit(guest('gone'))).toMatchObject({ status: 303 });
    expect(await userOf('gone')).toMatchObject({ id: anew.id });
  });

  it('adds nobody where the configuration says so', async () => {
    const came = await strict.visit(guest('hugo'));
    expect(came.status).toBe(403);
    expect(came.text).toContain('You have no account here');
  });

  it('makes one person of two who come for the first time at once', async () => {
    await world.provider.expect(guest('ines'));
    const both = await Promise.all([world.visit(null), world.visit(null)]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(await psql("select from app_user where email = 'ines@example.com'")).toHaveLength(1);
  });
});

describe('an account that is there already', () => {
  it('is never taken over by its address, with a password or without', async () => {
    const local = await person(db, 'ADMINISTRATOR', { email: 'boss@example.com', passwordHash: 'some hash' });
    const bare = await person(db, 'MEMBER', { email: 'bare@example.com' });
    for (const sub of ['boss', 'bare']) {
      const came = await world.visit(guest(sub));
      expect(came).toMatchObject({ status: 403, to: null });
      expect(came.text).toContain('There is an account with your address already');
    }
    expect(await psql('select from user_identity where user_id = any ($1)', [[local.id, bare.id]])).toEqual(
      [],
    );
  });

  it('is linked where an administrator permits it: by the verified address, once, within a week', async () => {
    const [soon, late, unverified] = await Promise.all(
      ['soon', 'late', 'unverified'].map((name) =>
        person(db, 'MEMBER', { email: `${name}@example.com`, passwordHash: 'some hash' }),
      ),
    );
    const { clock } = world.at.ctx;
    const until = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);
    await psql('update app_user set link_until = $2 where id = any ($1)', [
      [soon?.id, unverified?.id],
      until(60),
    ]);
    await psql('update app_user set link_until = $2 where id = $1', [late?.id, until(-1)]);
    expect(await world.visit(guest('soon'))).toMatchObject({ status: 303 });
    expect(await userOf('soon')).toMatchObject({ id: soon?.id });
    expect(await world.visit(guest('late'))).toMatchObject({ status: 403 });
    expect(await world.visit(guest('unverified', { email_verified: false }))).toMatchObject({ status: 403 });
    expect(await world.visit(guest('soon-again', { email: 'soon@example.com' }))).toMatchObject({
      status: 403,
    });
    const told = await psql('select kind from notification where user_id = $1', [soon?.id]);
    expect(told).toEqual([{ kind: 'IDENTITY_LINKED' }]);
  });

  it('with a password keeps its name and its address', async () => {
    const local = await person(db, 'MEMBER', {
      email: 'kept@example.com',
      name: 'Kept',
      passwordHash: 'some hash',
    });
    await psql("update app_user set link_until = '2099-01-01' where id = $1", [local.id]);
    await world.visit(guest('kept', { groups: ['facility'] }));
    await world.visit(guest('kept', { email: 'new@example.com', groups: ['facility'] }));
    expect(await userOf('kept')).toMatchObject({
      id: local.id,
      name: 'Kept',
      email: 'kept@example.com',
      role: 'MANAGER',
    });
  });
});

describe('what comes back from the provider', () => {
  it('is told to the audit where it is refused, by what was wrong and by no word that came along', async () => {
    const came = await world.visit(guest('told'));
    await came.browser.get(came.back);
    const browser = new Browser();
    await browser.goUntil(`${world.url}/auth/oidc/start`, `${world.url}/auth/oidc/callback`);
    const forged = '?error=access_denied&error_description=forged%0d%0aforged&state=forged';
    expect((await browser.get(`${world.url}/auth/oidc/callback${forged}`)).response.status).toBe(400);
    await world.visit(guest('unverified', { email_verified: false }));
    await world.visit(guest('told'), '?link=hfc_nobody');
    await psql('update app_user set active = false where id = $1', [(await userOf('told'))?.id as string]);
    await world.visit(guest('told'));
    await strict.visit(guest('nobody'));
    for (const { at } of [world, strict]) await at.identity.security.flush();
    const entries = await psql<{ reason: string; after: object }>(
      `select after ->> 'reason' as reason, after from audit where action = 'security.providerRefused'`,
    );
    expect(entries.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['NOT_BEGUN', 'WRONG_ANSWER', 'NO_ADDRESS', 'LINK', 'CLOSED', 'UNKNOWN']),
    );
    expect(JSON.stringify(entries)).not.toContain('forged');
  });

  it('counts once, and only in the browser that was sent there', async () => {
    const came = await world.visit(guest('jana'));
    const again = await came.browser.get(came.back);
    expect(again.response.status).toBe(400);
    expect(await again.response.text()).toContain('You are not signed in');
    const elsewhere = await new Browser().get(came.back);
    expect(elsewhere.response.status).toBe(400);
  });

  it('counts no second time even where the browser has kept its cookie', async () => {
    const browser = new Browser();
    await world.provider.expect(guest('karl'));
    const back = await browser.goUntil(`${world.url}/auth/oidc/start`, `${world.url}/auth/oidc/callback`);
    const kept = browser.cookie(world.url, 'holdfast-visit') ?? '';
    expect((await browser.get(back)).response.status).toBe(303);
    browser.setCookie(world.url, 'holdfast-visit', kept);
    expect((await browser.get(back)).response.status).toBe(400);
  });

  it('counts for ten minutes, and not with a cookie of another visit or of nobody’s making', async () => {
    const { clock } = world.at.ctx;
    await world.provider.expect(guest('lena'));
    const [one, other] = [new Browser(), new Browser()];
    const back = await one.goUntil(`${world.url}/auth/oidc/start`, `${world.url}/auth/oidc/callback`);
    await other.goUntil(`${world.url}/auth/oidc/start`, `${world.url}/auth/oidc/callback`);
    for (const cookie of [other.cookie(world.url, 'holdfast-visit') ?? '', 'x', 'AQ'.repeat(200)]) {
      const thief = new Browser();
      thief.setCookie(world.url, 'holdfast-visit', cookie);
      expect((await thief.get(back)).response.status).toBe(400);
    }
    clock.advance(600_000);
    expect((await one.get(back)).response.status).toBe(400);
    expect(await userOf('lena')).toBeUndefined();
  });

  it('is a page for people where somebody has said no, with no word of the provider’s', async () => {
    const came = await world.visit(guest('mike', { isDenied: true }));
    expect(came).toMatchObject({ status: 400, to: null });
    expect(came.text).not.toMatch(/clicked|access_denied/);
    expect(came.headers.get('content-type')).toMatch(/^text\/html/);
    expect(came.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('opens no door to other servers', async () => {
    for (const wanted of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'evil.example',
      '@evil.example',
      '.evil.example',
      '/\t/evil.example',
      '/%0d%0aLocation:https://evil.example',
      '/..//evil.example',
      '/\r\nSet-Cookie: a=b',
      'javascript:alert(1)',
    ]) {
      const came = await world.visit(guest('ada'), `?return=${encodeURIComponent(wanted)}`);
      expect(came.status).toBe(303);
      const to = new URL(came.to ?? '');
      expect(to.origin).toBe(world.url);
      expect(to.pathname).not.toMatch(/^\/\//);
    }
    const twice = await world.visit(guest('ada'), '?return=/a&return=//evil.example');
    expect(twice.to).toBe(`${world.url}/`);
  });
});

describe('while the provider is away', () => {
  it('shows a page within the time, and goes on when it is back', async () => {
    const browser = new Browser();
    await world.provider.expect(guest('nora'));
    const back = await browser.goUntil(`${world.url}/auth/oidc/start`, `${world.url}/auth/oidc/callback`);
    world.provider.pause();
    const { response } = await browser.get(back);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('does not work right now');
    world.provider.resume();
    expect(await world.visit(guest('nora'))).toMatchObject({ status: 303 });
  });

  it('shows it also where the provider was never there, and finds it once it is', async () => {
    const fresh = await startWorld(db);
    await fresh.provider.kill();
    const { response } = await new Browser().get(`${fresh.url}/auth/oidc/start`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    await fresh.provider.start();
    expect(await fresh.visit(guest('olga'))).toMatchObject({ status: 303 });
    await fresh.close();
  });
});
