import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { mailParts, mailsTo, sendDue, withRelay } from '../kit/mails.js';
import { person } from '../kit/people.js';
import { postOffice } from '../kit/post-office.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx } = await instance(db);
const admin = await person(db, 'ADMINISTRATOR', { name: 'Ada' });
const member = await person(db, 'MEMBER', { name: 'Mia' });
const boss = testCtx(db, admin.viewer, ctx.clock);
const office = await postOffice();
const run = (source: string, variables: object = {}, viewer: Viewer | null = admin.viewer) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const MAILS = `query ($first: Int, $after: String, $status: MailStatus) {
  mails(first: $first, after: $after, status: $status) { pageInfo { hasNextPage endCursor } nodes {
    id kind status subject recipient { name } attempts createdAt nextAttemptAt lastAttemptAt sentAt lastError } } }`;
const RESEND = `mutation ($id: ID!) { result: mailResend(id: $id) { __typename
  ... on MailResendSuccess { mail { id status attempts } } ... on UserError { message path } } }`;
const PREFERENCES = '{ notificationPreferences { kind inApp byMail } }';
const SET = `mutation ($input: NotificationPreferencesSetInput!) { result: notificationPreferencesSet(input: $input) { __typename
  ... on NotificationPreferencesSetSuccess { preferences { kind inApp byMail } } ... on UserError { message path } } }`;
const CHOOSE = `mutation ($input: NotificationPreferencesSetInput!) { result: notificationPreferencesSet(input: $input) { __typename
  ... on NotificationPreferencesSetSuccess { preferences { kind byMail mail canWait } }
  ... on CannotWait { message path kinds } ... on UserError { message path } } }`;
const SETTINGS = '{ notificationSettings { reminderMinutes digestAt digestDays timeZone } }';
const SETTLE = `mutation ($input: NotificationSettingsSetInput!) { result: notificationSettingsSet(input: $input) { __typename
  ... on NotificationSettingsSetSuccess { settings { reminderMinutes digestAt digestDays timeZone } }
  ... on InvalidInput { path code } } }`;
const LANGUAGE = `mutation ($id: ID!, $language: Language!) { result: userUpdate(id: $id, input: { language: $language }) {
  __typename ... on UserUpdateSuccess { user { language version } } ... on UserError { message } } }`;

await withRelay(boss);
const reserveFor = async (hour: number) =>
  reserved(boss, [(await room(db)).id], `2027-03-02T0${hour}:00:00Z`, `2027-03-02T0${hour + 1}:00:00Z`, {
    ownerId: member.id,
  });

it('shows administrators what has become of mails, by state, and sends again what was given up', async () => {
  await reserveFor(1);
  ctx.clock.advance(1_000);
  await reserveFor(2);
  const newest = await run(MAILS, { first: 1 });
  expect(newest.data.mails).toMatchObject({
    pageInfo: { hasNextPage: true },
    nodes: [
      {
        id: expect.stringMatching(/^mal_[0-9a-f]{32}$/),
        kind: 'RESERVED_FOR_YOU',
        status: 'PENDING',
        subject: 'Reserved for you: Planning',
        recipient: { name: 'Mia' },
        attempts: 0,
        nextAttemptAt: ctx.clock.fixed(),
        lastAttemptAt: null,
      },
    ],
  });
  const { endCursor } = newest.data.mails.pageInfo;
  expect((await run(MAILS, { after: endCursor })).data.mails.nodes).toHaveLength(1);
  office.recipient = () => 550;
  await sendDue(mailParts(boss, office));
  office.recipient = () => null;
  const failed = (await run(MAILS, { status: 'FAILED' })).data.mails.nodes;
  expect(failed).toHaveLength(2);
  expect(failed[0]).toMatchObject({
    attempts: 1,
    nextAttemptAt: null,
    lastError: expect.stringMatching(/550/),
  });
  const [{ id }] = failed;
  expect((await run(RESEND, { id })).data.result.mail).toEqual({ id, status: 'PENDING', attempts: 0 });
  await sendDue(mailParts(boss, office));
  expect((await run(MAILS, { status: 'SENT' })).data.mails.nodes).toMatchObject([
    { id, sentAt: ctx.clock.fixed(), lastError: null },
  ]);
  expect(office.received[0]?.headers['message-id']).toBe(`<${id}@holdfast.example>`);
  expect((await run(`{ node(id: "${id}") { ... on Mail { status } } }`)).data.node).toEqual({
    status: 'SENT',
  });
  expect((await run(RESEND, { id: globalId('Mail', member.id) })).data.result).toMatchObject({
    __typename: 'NotFound',
    path: ['id'],
  });
});

it('keeps mails from everybody but administrators', async () => {
  const manager = await person(db, 'MANAGER');
  const [{ id }] = (await run(MAILS)).data.mails.nodes;
  const codes = async (source: string, variables: object) =>
    (await run(source, variables, manager.viewer)).errors?.map(({ code }) => code);
  expect(await codes(MAILS, {})).toEqual(['FORBIDDEN']);
  expect(await codes(RESEND, { id })).toEqual(['FORBIDDEN']);
  const node = `{ node(id: "${id}") { id } }`;
  expect((await run(node, {}, manager.viewer)).data.node).toBeNull();
});

it('lets people choose by kind and channel, and keeps the rest as it was', async () => {
  const shown = (await run(PREFERENCES, {}, member.viewer)).data.notificationPreferences;
  expect(shown[0]).toEqual({ kind: 'RESERVED', inApp: false, byMail: true });
  expect(shown).toContainEqual({ kind: 'MOVED', inApp: true, byMail: true });
  const input = { preferences: [{ kind: 'MOVED', byMail: false }] };
  const changed = (await run(SET, { input }, member.viewer)).data.result.preferences;
  expect(changed).toContainEqual({ kind: 'MOVED', inApp: true, byMail: false });
  expect((await run(PREFERENCES, {}, member.viewer)).data.notificationPreferences).toEqual(changed);
  expect((await run(PREFERENCES)).data.notificationPreferences).toEqual(shown);
  const deaf = { preferences: [{ kind: 'OWN_CHANGE', inApp: true }] };
  expect((await run(SET, { input: deaf }, member.viewer)).data.result).toMatchObject({
    __typename: 'InvalidInput',
    path: ['input', 'preferences'],
  });
});

it('lets people put into a digest what can wait, and says of what cannot', async () => {
  const choose = async (preferences: object[]) =>
    (await run(CHOOSE, { input: { preferences } }, member.viewer)).data.result;
  const { preferences } = await choose([{ kind: 'COMMENTED', mail: 'DIGEST' }]);
  expect(preferences).toContainEqual({ kind: 'COMMENTED', byMail: true, mail: 'DIGEST', canWait: true });
  expect(preferences).toContainEqual({ kind: 'REMINDER', byMail: false, mail: 'OFF', canWait: false });
  // A client of before, that knows only of `byMail`, keeps what waits waiting.
  const kept = (await choose([{ kind: 'COMMENTED', byMail: true }])).preferences;
  expect(kept).toContainEqual({ kind: 'COMMENTED', byMail: true, mail: 'DIGEST', canWait: true });
  expect(await choose([{ kind: 'WAITLIST_OFFERED', mail: 'DIGEST' }])).toMatchObject({
    __typename: 'CannotWait',
    path: ['input', 'preferences'],
    kinds: ['WAITLIST_OFFERED'],
  });
  expect(await choose([{ kind: 'DIGEST', mail: 'OFF' }])).toMatchObject({ __typename: 'InvalidInput' });
});

it('lets people choose when they are reminded and get digests', async () => {
  const shown = (await run(SETTINGS, {}, admin.viewer)).data.notificationSettings;
  expect(shown).toMatchObject({ reminderMinutes: [60], digestAt: '07:00', timeZone: 'UTC' });
  expect(shown.digestDays).toHaveLength(7);
  const settle = async (input: object) => (await run(SETTLE, { input })).data.result;
  expect(await settle({ digestDays: ['FRIDAY', 'MONDAY'], reminderMinutes: [15, 1440] })).toEqual({
    __typename: 'NotificationSettingsSetSuccess',
    settings: {
      reminderMinutes: [1440, 15],
      digestAt: '07:00',
      digestDays: ['MONDAY', 'FRIDAY'],
      timeZone: 'UTC',
    },
  });
  expect(await settle({ digestAt: '24:00' })).toMatchObject({
    __typename: 'InvalidInput',
    path: ['input', 'digestAt'],
    code: 'INVALID_TIME',
  });
  expect(await settle({ digestDays: [] })).toMatchObject({ path: ['input', 'digestDays'] });
  expect((await run(SETTINGS)).data.notificationSettings).toMatchObject({ digestDays: ['MONDAY', 'FRIDAY'] });
  expect(await psql(`select before, after from audit where action = 'user.setNotificationSettings'`)).toEqual(
    [
      {
        before: expect.objectContaining({ reminderMinutes: [60] }),
        after: expect.objectContaining({ reminderMinutes: [1440, 15], digestDays: [1, 5] }),
      },
    ],
  );
});

it('tells people in the language that they have chosen, in the app and by mail', async () => {
  const id = globalId('User', member.id);
  const changed = await run(LANGUAGE, { id, language: 'DE' }, member.viewer);
  expect(changed.data.result.user).toEqual({ language: 'DE', version: 2 });
  expect(await psql(`select before, after from audit where action = 'user.update'`)).toEqual([
    { before: { language: 'EN' }, after: { language: 'DE' } },
  ]);
  ctx.clock.advance(1_000);
  const { id: reservation } = await reserveFor(3);
  const told = await run('{ notifications(first: 1) { nodes { message } } }', {}, member.viewer);
  expect(told.data.notifications.nodes[0].message).toMatch(
    /^Für Sie reserviert: Planning · .* · Di., 2. März 2027/,
  );
  office.received.splice(0);
  await sendDue(mailParts(boss, office));
  expect(office.received.at(-1)?.headers.subject).toBe('Für Sie reserviert: Planning');
  expect((await mailsTo(db, member)).at(-1)).toMatchObject({
    event: { reservations: [{ id: reservation }] },
  });
});
