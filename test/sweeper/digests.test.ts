import { resendMail } from '../../src/domain/mail/resend-mail.js';
import { setPreferences } from '../../src/domain/notifications/set-preferences.js';
import { setSettings } from '../../src/domain/notifications/set-settings.js';
import { inviteParticipants } from '../../src/domain/participants/invite-participants.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { editReservation } from '../../src/domain/reservations/edit-reservation.js';
import { updateUser } from '../../src/domain/users/update-user.js';
import { mailPage } from '../../src/sql/mail/read-mails.js';
import { digestsToLookAt } from '../../src/sql/notifications/digests.js';
import { makeDigest } from '../../src/sql/notifications/make-digest.js';
import type { NotificationKind } from '../../src/sql/notifications/told-event.js';
import { makeDigests } from '../../src/sweeper/digests.js';
import { pruneOld } from '../../src/sweeper/tasks.js';
import { clockFile } from '../kit/clock-file.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { mailParts, mailsTo, sendDue, withRelay } from '../kit/mails.js';
import { person } from '../kit/people.js';
import { postOffice } from '../kit/post-office.js';
import { startSweeper } from '../kit/program.js';
import { room } from '../kit/things.js';

const { db, psql, url: databaseUrl } = await useDatabase();
const boss = testCtx(db, (await person(db, 'ADMINISTRATOR', { name: 'Max' })).viewer);
const { clock } = boss;
const office = await postOffice();
const parts = mailParts(boss, office);

beforeEach(async () => {
  clock.set('2027-03-01T08:00:00Z');
  await withRelay(boss);
  office.received.splice(0);
  office.seen.splice(0);
  office.fate = () => 'TAKEN';
});
afterEach(() =>
  psql(
    'with a as (delete from mail), b as (delete from digest), c as (delete from mail_relay) delete from reservation',
  ),
);

const COLLECTED: readonly NotificationKind[] = ['RESERVED_FOR_YOU', 'CHANGED', 'CANCELLED', 'INVITED'];

/** Somebody in Berlin, where it is 09:00 on a Monday, who lets these wait. */
async function collector(kinds = COLLECTED) {
  const owner = await person(db, 'MEMBER', {
    name: 'Olga',
    timeZone: 'Europe/Berlin',
  });
  const ctx = testCtx(db, owner.viewer, clock);
  expect(
    await setPreferences(
      ctx,
      kinds.map((kind) => ({ kind, mail: 'DIGEST' as const })),
    ),
  ).not.toHaveProperty('kind');
  return { ...owner, ctx };
}
const at = (day: number, hour: number) => new Date(Date.UTC(2027, 2, day, hour)).toISOString();
const forThem = async ({ id }: { id: string }, title: string, day: number, hour: number) =>
  reserved(
    boss,
    [(await room(db, { name: `Room of ${title}`, timeZone: 'Europe/Berlin' })).id],
    at(day, hour),
    at(day, hour + 1),
    {
      ownerId: id,
      title,
    },
  );
const the = (id: string) => ({
  id,
  expectedVersion: null,
  idempotencyKey: null,
});
const round = async () => {
  const made = await makeDigests(boss);
  await sendDue(parts);
  return made;
};
const titles = (text: string) => [...text.matchAll(/^(First|Second|Third|Mine)$/gm)].map(([title]) => title);

it('collects what was chosen, and sends it as one mail in the morning of the person, by reservation in order of time', async () => {
  const owner = await collector();
  const second = await forThem(owner, 'Second', 9, 10);
  await forThem(owner, 'First', 8, 10);
  await forThem(owner, 'Today', 2, 9);
  await editReservation(boss, {
    ...the(second.id),
    title: null,
    details: 'More <b>words</b>',
  });
  await cancelReservation(boss, the(second.id));
  expect(await round()).toBe(0);
  clock.set('2027-03-02T05:59:59.999Z');
  expect(await round()).toBe(0);
  expect(office.received).toHaveLength(0);
  clock.set('2027-03-02T06:00:00Z');
  expect(await round()).toBe(1);
  expect(office.received).toHaveLength(1);
  const [mail] = office.received;
  expect(mail?.to).toEqual([owner.email]);
  expect(mail?.headers.subject).toBe('Your digest: Tuesday, 2 March 2027');
  expect(mail?.text.replace(/Place \d+/g, 'Berlin').split('\r\n')).toEqual([
    'Your digest',
    'Tuesday, 2 March 2027',
    '',
    'TODAY',
    '',
    'Today',
    '  When: Tue, 2 March 2027, 10:00–11:00 (Europe/Berlin)',
    '  Where: Room of Today (Berlin)',
    '',
    'WHAT HAS HAPPENED',
    '',
    'Today',
    '  When: Tue, 2 March 2027, 10:00–11:00 (Europe/Berlin)',
    '  Where: Room of Today (Berlin)',
    '  Reserved for you',
    '    By: Max',
    '',
    'First',
    '  When: Mon, 8 March 2027, 11:00–12:00 (Europe/Berlin)',
    '  Where: Room of First (Berlin)',
    '  Reserved for you',
    '    By: Max',
    '',
    'Second',
    '  When: Tue, 9 March 2027, 11:00–12:00 (Europe/Berlin)',
    '  Where: Room of Second (Berlin)',
    '  Reserved for you',
    '    By: Max',
    '  Changed',
    '    By: Max',
    '  Cancelled',
    '    By: Max',
    '',
    '-- ',
    'You get this mail because you have chosen to be told of some things all at once. What you are told, and when, you choose in Holdfast.',
    '',
    '',
  ]);
  expect(mail?.html).toContain('<h2 style="margin:24px 0 0;font-size:18px">Today</h2>');
  expect(titles(mail?.text ?? '')).toEqual(['First', 'Second']);
  expect(mail?.calendar).toBe('');
  clock.set('2027-03-02T23:00:00Z');
  expect(await round()).toBe(0);
  // Nothing has happened, and nothing is that day.
  clock.set('2027-03-03T06:00:00Z');
  expect(await round()).toBe(0);
  expect(office.received).toHaveLength(1);
});

it('tells what was so when it happened, also of what people have reserved themselves', async () => {
  const owner = await collector(['RESERVED']);
  const r = await room(db);
  const made = await reserved(owner.ctx, [r.id], at(20, 10), at(20, 11), { title: 'Mine' });
  await editReservation(owner.ctx, { ...the(made.id), title: 'Renamed', details: null });
  clock.set('2027-03-02T06:00:00Z');
  expect(await round()).toBe(1);
  expect(titles(office.received[0]?.text ?? '')).toEqual(['Mine']);
  expect(office.received[0]?.text).toContain('Reserved');
});

it.each([
  ['DE', 'Ihre Zusammenfassung: Dienstag, 2. März 2027', 'Heute', 'Für Sie reserviert'],
  ['FR', 'Votre récapitulatif\u00a0: mardi 2 mars 2027', 'Aujourd’hui', 'Réservé pour vous'],
  ['ES', 'Su resumen: martes, 2 de marzo de 2027', 'Hoy', 'Reservado para usted'],
] as const)('says it in the language of the person: %s', async (language, subject, today, heading) => {
  const owner = await collector();
  await updateUser(owner.ctx, { id: owner.id, language });
  await forThem(owner, 'First', 2, 10);
  clock.set('2027-03-02T06:00:00Z');
  await round();
  const [mail] = office.received;
  expect(mail?.headers.subject).toBe(subject);
  expect(mail?.html).toContain(`>${today}</h2>`);
  for (const text of [today.toUpperCase(), heading]) expect(mail?.text).toContain(text);
});

it('lists what the person has and takes part in that day, for whoever lets something wait and for nobody else', async () => {
  const owner = await collector(['COMMENTED']);
  const other = await person(db, 'MEMBER', { timeZone: 'Europe/Berlin' });
  await setSettings(testCtx(db, other.viewer, clock), { digestAt: '06:30' });
  await forThem(owner, 'Second', 2, 12);
  await forThem(owner, 'Tomorrow', 3, 12);
  await forThem(other, 'Mine', 2, 15);
  const theirs = await forThem(other, 'First', 2, 10);
  const gone = await forThem(owner, 'Gone', 2, 14);
  await cancelReservation(boss, the(gone.id));
  await inviteParticipants(boss, {
    id: theirs.id,
    scope: 'THIS',
    userIds: [owner.id],
    guests: [],
  });
  await sendDue(parts);
  office.received.splice(0);
  clock.set('2027-03-02T06:00:00Z');
  expect(await round()).toBe(1);
  expect(office.received.map(({ to }) => to.join())).toEqual([owner.email]);
  expect(titles(office.received[0]?.text ?? '')).toEqual(['First', 'Second']);
  expect(office.received[0]?.text).not.toMatch(/Tomorrow|Gone|WHAT HAS HAPPENED/);
});

it('comes at the time, on the days and in the zone that the person chooses, and never twice a day', async () => {
  const owner = await collector();
  await forThem(owner, 'First', 20, 10);
  expect(await setSettings(owner.ctx, { digestAt: '09:30', digestDays: [5, 1] })).toMatchObject({
    digestAt: '09:30',
    digestDays: [1, 5],
    timeZone: 'Europe/Berlin',
  });
  clock.set('2027-03-01T08:30:00Z');
  expect(await round()).toBe(1);
  await forThem(owner, 'Second', 20, 10);
  await setSettings(owner.ctx, { digestAt: '10:00', digestDays: [1, 2, 3] });
  clock.set('2027-03-01T10:00:00Z');
  expect(await round()).toBe(0);
  await updateUser(owner.ctx, { id: owner.id, timeZone: 'America/New_York' });
  clock.set('2027-03-02T09:00:00Z');
  expect(await round()).toBe(0);
  clock.set('2027-03-02T15:00:00Z');
  expect(await round()).toBe(1);
  expect(office.received.map(({ text }) => titles(text))).toEqual([['First'], ['Second']]);
});

it('lets nobody put into a digest what has a deadline or is always told', async () => {
  const { ctx } = await collector();
  const kinds = ['REMINDER', 'WAITLIST_OFFERED', 'APPROVAL_ASKED'] as const;
  const changes = [...kinds, 'MOVED' as const].map((kind) => ({
    kind,
    mail: 'DIGEST' as const,
  }));
  expect(await setPreferences(ctx, changes)).toMatchObject({
    kind: 'CannotWait',
    path: ['input', 'preferences'],
    kinds: expect.arrayContaining([...kinds]),
  });
  expect(await psql(`select from notification_preference where kind = 'MOVED'`)).toEqual([]);
  expect(await setPreferences(ctx, [{ kind: 'FACTOR_ADDED', mail: 'DIGEST' }])).toMatchObject({
    kind: 'InvalidInput',
  });
  const torn = [{ kind: 'MOVED' as const, mail: 'DIGEST' as const, byMail: false }];
  expect(await setPreferences(ctx, torn)).toMatchObject({
    kind: 'InvalidInput',
  });
});

it('sends at once again, and by mail not at all, as the person chooses; what was collected still comes', async () => {
  const owner = await collector();
  await forThem(owner, 'First', 20, 10);
  await setPreferences(owner.ctx, [{ kind: 'RESERVED_FOR_YOU', byMail: true }]);
  await forThem(owner, 'Second', 21, 10);
  await sendDue(parts);
  expect(office.received).toHaveLength(0);
  await setPreferences(
    owner.ctx,
    COLLECTED.map((kind) => ({ kind, byMail: false })),
  );
  await setPreferences(owner.ctx, [{ kind: 'RESERVED_FOR_YOU', byMail: true }]);
  await forThem(owner, 'Third', 2, 10);
  await sendDue(parts);
  expect(office.received.map(({ headers }) => headers.subject)).toEqual(['Reserved for you: Third']);
  clock.set('2027-03-02T06:00:00Z');
  expect(await round()).toBe(1);
  expect(titles(office.received[1]?.text ?? '')).toEqual(['Third', 'First', 'Second']);
});

it('says nothing to who has left, and keeps nothing for them', async () => {
  const owner = await collector();
  await forThem(owner, 'First', 2, 10);
  await psql('update app_user set active = false where id = $1', [owner.id]);
  clock.set('2027-03-02T06:00:00Z');
  expect(await round()).toBe(0);
  expect([office.received, await mailsTo(db, owner)]).toEqual([[], []]);
});

it('shows what was collected as such, resends none of it by itself, and prunes it with its digest', async () => {
  const owner = await collector();
  await forThem(owner, 'First', 20, 10);
  const [collected] = await mailPage(db, null, 'COLLECTED', 10);
  expect([collected?.userId, await mailPage(db, null, 'FAILED', 10)]).toEqual([owner.id, []]);
  await resendMail(boss, { id: collected?.id ?? '' });
  await sendDue(parts);
  expect(office.received).toHaveLength(0);
  clock.set('2027-03-02T06:00:00Z');
  await round();
  const [digest] = await mailsTo(db, owner).then((all) => all.filter(({ kind }) => kind === 'DIGEST'));
  await resendMail(boss, { id: digest?.id ?? '' });
  await sendDue(parts);
  expect(office.received.map(({ text }) => titles(text))).toEqual([['First'], ['First']]);
  clock.set('2027-03-12T06:00:00Z');
  await pruneOld(boss, 7);
  expect(await mailsTo(db, owner)).toEqual([]);
});

it('makes one of each day with three sweepers at it, and loses nothing that comes meanwhile', async () => {
  const owners = await Promise.all(Array.from({ length: 12 }, () => collector()));
  for (const day of [2, 3, 4]) {
    for (const owner of owners) await forThem(owner, 'First', 20, 10);
    clock.set(`2027-03-0${day}T06:00:00Z`);
    const made = await Promise.all([
      ...[makeDigests(boss), makeDigests(boss), makeDigests(boss)],
      ...owners.map(async (owner) => {
        await forThem(owner, 'Second', 21, 10);
        return 0;
      }),
    ]);
    expect(made.reduce((a, b) => a + b)).toBe(12);
  }
  clock.set('2027-03-05T06:00:00Z');
  await round();
  const told = office.received.flatMap(({ to, text }) => titles(text).map((title) => `${to} ${title}`));
  for (const { email } of owners) {
    expect(told.filter((each) => each === `${email} First`)).toHaveLength(3);
    expect(told.filter((each) => each === `${email} Second`)).toHaveLength(3);
  }
});

it('is made anew, whole, where a sweeper dies before the commit', async () => {
  const owner = await collector();
  await forThem(owner, 'First', 20, 10);
  clock.set('2027-03-02T06:00:00Z');
  const [digest] = await digestsToLookAt(db, clock.fixed(), 10);
  const due = { day: '2027-03-02', until: null };
  const nextAt = new Date('2027-03-03T06:00:00Z');
  const doomed = db.transaction(async (tx) => {
    if (!digest) throw new Error('none');
    expect(await makeDigest(tx, clock.fixed(), digest, due, nextAt)).toBe(true);
    // The other waits for what this one holds.
    const other = round();
    await eventually(async () => {
      const waiting = `select pg_terminate_backend(b) from pg_stat_activity a, unnest(pg_blocking_pids(a.pid)) b
        where a.datname = current_database()`;
      expect(await psql(waiting)).not.toEqual([]);
    }, 10_000);
    expect(await other).toBe(1);
    throw new Error('dead');
  });
  await expect(doomed).rejects.toThrow();
  expect(office.received.map(({ text }) => titles(text))).toEqual([['First']]);
  expect(await round()).toBe(0);
});

it('goes to each of 40 people once, with three sweepers of which one is killed', async () => {
  const owners = await Promise.all(Array.from({ length: 40 }, () => collector()));
  for (const owner of owners) {
    await forThem(owner, 'First', 20, 10);
    await forThem(owner, 'Second', 21, 10);
  }
  const file = clockFile(Date.parse('2027-03-02T05:59:00Z'));
  const env = {
    SMTP_URL: office.url,
    SMTP_STARTTLS: 'off',
    MAIL_FROM: 'rooms@holdfast.example',
    HOLDFAST_HISTORY_DAYS: '365',
  };
  file.set(Date.parse('2027-03-02T06:00:00Z'));
  const options = { databaseUrl, clockFile: file.path, env };
  const [doomed, ...others] = await Promise.all([0, 1, 2].map(() => startSweeper(options)));
  await eventually(() => expect(office.seen.length).toBeGreaterThan(0), 30_000);
  await doomed?.kill();
  // What it had claimed becomes due when its lease is over.
  file.set(Date.parse('2027-03-02T06:01:00Z'));
  await eventually(async () => {
    expect(await psql(`select from mail where kind = 'DIGEST' and sent_at is not null`)).toHaveLength(40);
  }, 30_000);
  for (const sweeper of others) expect(await sweeper.stop()).toBe(0);
  expect(new Set(office.received.map(({ headers }) => headers['message-id'])).size).toBe(40);
  expect(new Set(office.received.map(({ to }) => to.join())).size).toBe(40);
  for (const { text } of office.received) expect(titles(text)).toEqual(['First', 'Second']);
  expect(await psql('select from mail where collected_at is not null and digest_id is null')).toEqual([]);
});
