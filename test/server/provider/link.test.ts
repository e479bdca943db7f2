import { globalId } from '../../../src/domain/ids.js';
import { admitDirectoryPerson } from '../../../src/domain/users/admit-directory-person.js';
import { member, session, viewerOf } from '../../domain/auth/identity-kit.js';
import { ask } from '../../graphql/identity-query.js';
import { useDatabase } from '../../kit/database.js';
import { Browser } from '../../kit/oidc/browser.js';
import type { Guest } from '../../kit/oidc/provider.js';
import { startWorld, type World } from '../../kit/oidc/world.js';

const { db, psql } = await useDatabase();
let world: World;
beforeAll(async () => {
  world = await startWorld(db);
});
afterAll(() => world.close());

/** Somebody with a password who has just signed in. */
async function signedIn(facts: Parameters<typeof member>[1] = {}) {
  const person = await member(world.at, facts);
  const viewer = await viewerOf(world.at, await session(world.at, person.email));
  const run = async (field: string) =>
    Object.values((await ask(world.at.ctx, viewer, `mutation { ${field} }`)).data)[0] as Record<
      string,
      never
    >;
  return {
    ...person,
    viewer,
    run,
    begin: () =>
      run('identityLink { __typename ... on IdentityLinkSuccess { url } ... on ProofRequired { methods } }'),
    confirm: (code: string) =>
      run(`identityLinkConfirm(input: { code: "${code}" }) { __typename
        ... on IdentityLinkConfirmSuccess { identity { issuer email linkedAt } } ... on UserError { message path } }`),
    unlink: (issuer = world.provider.issuer) =>
      run(`identityUnlink(input: { issuer: "${issuer}" }) { __typename ... on UserError { message path } }`),
  };
}

/** Takes the browser to the provider and back; what stands behind the # of where it ends. */
async function fetchIdentity(url: string, guest: Guest): Promise<string> {
  await world.provider.expect(guest);
  const browser = new Browser();
  const back = await browser.goUntil(
    `${world.url}${url}&return=/settings%23x`,
    `${world.url}/auth/oidc/callback`,
  );
  const { to } = await browser.get(back);
  expect(browser.cookie(world.url, 'holdfast-session')).toBeNull();
  const { pathname, hash } = new URL(to ?? '');
  expect(pathname).toBe('/settings');
  return hash.replace(/^#identity=/, '');
}

const guest = (sub: string): Guest => ({ sub, email: `${sub}@elsewhere.example`, email_verified: false });
const owner = async (subject: string) =>
  (await psql<{ user_id: string }>('select user_id from user_identity where subject = $1', [subject]))[0]
    ?.user_id;

it('links an identity to whoever is signed in and has asked for it, whatever its address', async () => {
  const ada = await signedIn();
  const { url } = await ada.begin();
  expect(url).toMatch(/^\/auth\/oidc\/start\?link=hfc_[\w-]{43}$/);
  const code = await fetchIdentity(url ?? '', guest('ada-there'));
  expect(await ada.confirm(code)).toMatchObject({
    __typename: 'IdentityLinkConfirmSuccess',
    identity: { issuer: world.provider.issuer, email: 'ada-there@elsewhere.example' },
  });
  expect(await owner('ada-there')).toBe(ada.id);
  expect(await world.visit(guest('ada-there'))).toMatchObject({ status: 303 });
  const audit = await psql('select after from audit where subject_id = $1 and action = $2', [
    ada.id,
    'user.linkIdentity',
  ]);
  expect(audit).toHaveLength(1);
  expect(await psql('select kind from notification where user_id = $1', [ada.id])).toEqual([
    { kind: 'IDENTITY_LINKED' },
  ]);
});

it('links nothing by the code of somebody else, a code of before, or one that came too late', async () => {
  const [ada, eve] = [await signedIn(), await signedIn()];
  const lured = await fetchIdentity((await eve.begin()).url ?? '', guest('victim'));
  expect(await ada.confirm(lured)).toMatchObject({ __typename: 'ChallengeRefused', path: ['code'] });
  const code = await fetchIdentity((await ada.begin()).url ?? '', guest('bea'));
  expect(await eve.confirm(code)).toMatchObject({ __typename: 'ChallengeRefused' });
  expect(await ada.confirm(code)).toMatchObject({ __typename: 'IdentityLinkConfirmSuccess' });
  expect(await ada.confirm(code)).toMatchObject({ __typename: 'ChallengeRefused' });
  const late = await fetchIdentity((await eve.begin()).url ?? '', guest('late'));
  world.at.ctx.clock.advance(599_999);
  expect(
    await eve.run('sessionProve(input: { password: "correct horse battery" }) { __typename }'),
  ).toMatchObject({
    __typename: 'SessionProveSuccess',
  });
  world.at.ctx.clock.advance(2);
  expect(await eve.confirm(late)).toMatchObject({ __typename: 'ChallengeRefused' });
  expect(await owner('late')).toBeUndefined();
});

it('begins with a fresh proof only, and its challenge takes one visit', async () => {
  const ada = await signedIn();
  const { url = '' } = await ada.begin();
  await fetchIdentity(url, guest('once'));
  await world.provider.expect(guest('twice'));
  const browser = new Browser();
  const back = await browser.goUntil(`${world.url}${url}`, `${world.url}/auth/oidc/callback`);
  expect((await browser.get(back)).response.status).toBe(400);
  for (const link of ['nothing', 'hfc_', `hfc_${'x'.repeat(43)}`])
    expect(await world.visit(guest('twice'), `?link=${link}`)).toMatchObject({ status: 400 });
  expect(await owner('twice')).toBeUndefined();
  world.at.ctx.clock.advance(601_000);
  expect(await ada.begin()).toEqual({ __typename: 'ProofRequired', methods: ['PASSWORD'] });
});

it('links an identity to one account, and one identity of a provider to an account', async () => {
  const [ada, bob] = [await signedIn(), await signedIn()];
  const link = async (person: typeof ada, sub: string) =>
    person.confirm(await fetchIdentity((await person.begin()).url ?? '', guest(sub)));
  expect(await link(ada, 'shared')).toMatchObject({ __typename: 'IdentityLinkConfirmSuccess' });
  expect(await link(bob, 'shared')).toMatchObject({ __typename: 'IdentityTaken', path: ['code'] });
  expect(await link(ada, 'second')).toMatchObject({ __typename: 'IdentityTaken' });
  expect(await owner('shared')).toBe(ada.id);
  expect(await ada.unlink('https://elsewhere.example.com')).toMatchObject({ __typename: 'NotFound' });
  expect(await ada.unlink()).toMatchObject({ __typename: 'IdentityUnlinkSuccess' });
  expect(await link(bob, 'shared')).toMatchObject({ __typename: 'IdentityLinkConfirmSuccess' });
  expect(await psql('select kind from notification where user_id = $1 order by id', [ada.id])).toContainEqual(
    {
      kind: 'IDENTITY_UNLINKED',
    },
  );
});

it('leaves whoever has no password here the identity', async () => {
  await world.visit({ ...guest('cleo'), email_verified: true });
  const id = (await owner('cleo')) ?? '';
  const [row] = await psql<{ id: string }>('select id from session where user_id = $1', [id]);
  const viewer = { userId: id, sessionId: row?.id ?? '', role: 'MEMBER' } as const;
  const field = `mutation { identityUnlink(input: { issuer: "${world.provider.issuer}" }) { __typename ... on UserError { message } } }`;
  expect((await ask(world.at.ctx, viewer, field)).data.identityUnlink).toEqual({
    __typename: 'InvalidInput',
    message: 'You have no password here: you could not sign in any more.',
  });
});

it('is permitted for an account by administrators alone', async () => {
  const [ada, boss] = [await signedIn(), await signedIn({ role: 'ADMINISTRATOR' })];
  const permit = (as: typeof ada, id = ada.id) =>
    ask(world.at.ctx, as.viewer, 'mutation ($id: ID!) { identityPermit(id: $id) { __typename } }', {
      id: globalId('User', id),
    });
  expect((await permit(ada)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect((await permit(boss, '00000000-0000-0000-0000-000000000000')).data.identityPermit.__typename).toBe(
    'NotFound',
  );
  expect((await permit(boss)).data.identityPermit.__typename).toBe('IdentityPermitSuccess');
  expect(await world.visit({ sub: 'permitted', email: ada.email, email_verified: true })).toMatchObject({
    status: 303,
  });
  expect(await owner('permitted')).toBe(ada.id);
});

it('lets the directory take over no account that somebody signs in to by an identity', async () => {
  await world.visit({ sub: 'dana', email: 'dana@example.com', email_verified: true });
  const id = await owner('dana');
  const facts = {
    externalId: 'dana-of-the-directory',
    email: 'dana@example.com',
    name: 'Another Dana',
    isGone: false,
    firstRole: 'MEMBER',
    role: null,
    groups: { decided: [], wanted: [] },
  } as const;
  expect(await db.unitOfWork((em, tx) => admitDirectoryPerson(em, tx, world.at.ctx, facts))).toBeNull();
  expect(await psql('select external_id from app_user where id = $1', [id])).toEqual([{ external_id: null }]);
});
