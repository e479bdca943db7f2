import { globalId } from '../../src/domain/ids.js';
import { resendMail } from '../../src/domain/mail/resend-mail.js';
import { MOST_ATTEMPTS, waitAfter } from '../../src/domain/mail/send-mail.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { mailPage } from '../../src/sql/mail/read-mails.js';
import { Mails } from '../../src/sweeper/mails.js';
import { pruneOld } from '../../src/sweeper/tasks.js';
import { clockFile } from '../kit/clock-file.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { mailParts, mailsTo, sendDue, withRelay } from '../kit/mails.js';
import { person } from '../kit/people.js';
import { postOffice } from '../kit/post-office.js';
import { mustCheckIn } from '../kit/presence.js';
import { startSweeper } from '../kit/program.js';
import { room } from '../kit/things.js';

const { db, psql, url: databaseUrl } = await useDatabase();
const owner = await person(db, 'ADMINISTRATOR', { name: 'Olga' });
const ctx = testCtx(db, owner.viewer);
const office = await postOffice();
const parts = mailParts(ctx, office);
const LEASE_MS = 60_000;

beforeEach(async () => {
  await withRelay(ctx);
  office.received.splice(0);
  office.seen.splice(0);
  office.fate = () => 'TAKEN';
  office.recipient = () => null;
});
afterEach(() => psql('delete from mail'));

/** So many reservations, an hour each, on a room of their own; each has a mail to its owner. */
async function reserve(count: number, more: object = {}): Promise<string[]> {
  const r = await room(db);
  const at = (hour: number) => new Date(Date.UTC(2027, 5, 1) + hour * 3_600_000).toISOString();
  const ids: string[] = [];
  for (let hour = 0; hour < count; hour++)
    ids.push((await reserved(ctx, [r.id], at(hour), at(hour + 1), more)).id);
  return ids;
}
const ids = (mails: typeof office.seen) => mails.map(({ headers }) => headers['message-id']);
const only = async () => {
  const [mail, ...more] = await mailsTo(db);
  if (!mail || more.length > 0) throw new Error(`${more.length} too many`);
  return mail;
};
const unsent = async () => (await psql('select from mail where sent_at is null')).length;
const until = (holds: () => boolean) =>
  eventually(() => {
    if (!holds()) throw new Error('not yet');
  }, 15_000);

it('sends each of 60 exactly once with three sweepers at it', async () => {
  await reserve(60);
  await Promise.all([0, 1, 2].map(() => sendDue(mailParts(ctx, office))));
  expect([office.received.length, new Set(ids(office.received)).size]).toEqual([60, 60]);
  expect(await unsent()).toBe(0);
  expect(office.received.every(({ to }) => to.join() === owner.email)).toBe(true);
});

it('comes again under the same Message-ID where a sweeper dies between the server’s answer and its writing down', async () => {
  const clock = clockFile(ctx.clock.now().getTime());
  const env = { SMTP_URL: office.url, SMTP_STARTTLS: 'off', MAIL_FROM: 'Rooms <rooms@holdfast.example>' };
  let die = () => {};
  const dead = new Promise<void>((resolve) => {
    die = resolve;
  });
  office.fate = () => dead.then(() => 'TAKEN' as const);
  await reserve(1);
  const doomed = await startSweeper({ databaseUrl, clockFile: clock.path, env });
  await until(() => office.seen.length === 1);
  await doomed.kill();
  die();
  await until(() => office.received.length === 1);
  office.fate = () => 'TAKEN';
  await sendDue(parts);
  expect(office.seen).toHaveLength(1);
  clock.set(ctx.clock.now().getTime() + LEASE_MS);
  const heir = await startSweeper({ databaseUrl, clockFile: clock.path, env });
  await eventually(async () => expect(await unsent()).toBe(0), 15_000);
  expect(await heir.stop()).toBe(0);
  expect(office.received).toHaveLength(2);
  expect(new Set(ids(office.received)).size).toBe(1);
  expect(await only()).toMatchObject({ attempts: 1, lastError: null });
});

it('waits for a server that is down, and loses neither mails nor attempts of those behind', async () => {
  const away = await postOffice();
  const waiting = mailParts(ctx, away);
  await away.stop();
  await reserve(20);
  await sendDue(waiting);
  const attempts = (await mailsTo(db)).map((mail) => mail.attempts).sort();
  expect(attempts).toEqual([...Array(12).fill(0), ...Array(8).fill(1)]);
  const [tried] = (await mailsTo(db)).filter((mail) => mail.attempts === 1);
  expect(tried?.lastError).toMatch(/ECONNREFUSED/);
  await away.start();
  ctx.clock.advance(30_000);
  await sendDue(waiting);
  expect(new Set(ids(away.received)).size).toBe(20);
  expect(await unsent()).toBe(0);
});

it('gives a slow server up in time, and sends again under the same Message-ID', async () => {
  await reserve(1);
  office.fate = () => new Promise(() => {});
  await sendDue(mailParts(ctx, office, 200));
  expect(await only()).toMatchObject({ attempts: 1, lastError: 'no answer within 200 ms', sentAt: null });
  office.fate = () => 'TAKEN';
  ctx.clock.advance(30_000);
  await sendDue(parts);
  expect(ids(office.seen)).toHaveLength(2);
  expect(new Set(ids(office.seen)).size).toBe(1);
  expect((await only()).sentAt).not.toBeNull();
});

it('sends again what a connection has lost before the answer', async () => {
  await reserve(1);
  office.fate = () => 'CUT';
  await sendDue(parts);
  expect(await only()).toMatchObject({ attempts: 1, sentAt: null });
  office.fate = () => 'TAKEN';
  ctx.clock.advance(30_000);
  await sendDue(parts);
  expect(new Set(ids(office.seen)).size).toBe(1);
  expect(office.received).toHaveLength(1);
});

it('tries 20 times over 62 hours where a server says not now, ever more rarely, and then gives up', async () => {
  await reserve(1);
  office.fate = () => 451;
  const began = ctx.clock.now().getTime();
  const waits: number[] = [];
  for (;;) {
    await sendDue(parts);
    const { nextAt } = await only();
    if (nextAt === null) break;
    const wait = Date.parse(nextAt) - ctx.clock.now().getTime();
    waits.push(wait);
    ctx.clock.advance(wait - 1);
    await sendDue(parts);
    expect(office.seen).toHaveLength(waits.length);
    ctx.clock.advance(1);
  }
  expect(waits.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
  expect(waits).toEqual(waits.map((_, index) => waitAfter(index + 1)));
  expect(Math.max(...waits)).toBe(6 * 3_600_000);
  expect(Math.round((ctx.clock.now().getTime() - began) / 3_600_000)).toBe(63);
  expect(await only()).toMatchObject({
    attempts: MOST_ATTEMPTS,
    sentAt: null,
    lastError: expect.stringMatching(/451/),
  });
  expect(new Set(ids(office.seen)).size).toBe(1);
  ctx.clock.set('2027-03-01T08:00:00Z');
});

it.each([
  ['the recipient', () => (office.recipient = () => 550)],
  ['the content', () => (office.fate = () => 554)],
])(
  'gives up at once where the server refuses %s for good, until it is resent to another address',
  async (_, refuse) => {
    refuse();
    await reserve(1);
    await sendDue(parts);
    const [dead] = await mailPage(db, null, 'FAILED', 10);
    expect(dead).toMatchObject({
      attempts: 1,
      nextAt: null,
      sentAt: null,
      lastError: expect.stringMatching(/no 55[04]/),
    });
    ctx.clock.advance(7 * 3_600_000);
    await sendDue(parts);
    expect(await only()).toMatchObject({ attempts: 1 });
    office.recipient = () => null;
    office.fate = () => 'TAKEN';
    const another = `olga-${dead?.id}@example.org`;
    await psql('update app_user set email = $1 where id = $2', [another, owner.id]);
    expect(await resendMail(ctx, { id: dead?.id as string })).toMatchObject({
      attempts: 0,
      nextAt: expect.any(String),
    });
    await sendDue(parts);
    expect(office.received.map(({ to }) => to)).toEqual([[another]]);
    expect(await mailPage(db, null, 'FAILED', 10)).toEqual([]);
    expect(
      await psql(`select subject_id from audit where action = 'mail.resend' and subject_id = $1`, [dead?.id]),
    ).toHaveLength(1);
    await psql('update app_user set email = $1 where id = $2', [owner.email, owner.id]);
    ctx.clock.set('2027-03-01T08:00:00Z');
  },
);

it('goes on with the others where one address is refused', async () => {
  const other = await person(db, 'MEMBER');
  await reserve(3);
  await reserve(3, { ownerId: other.id });
  office.recipient = (address) => (address === other.email ? 550 : null);
  await sendDue(parts);
  expect(office.received).toHaveLength(3);
  expect(await mailPage(db, null, 'FAILED', 10)).toHaveLength(3);
});

it('lets nobody write down what another has taken over', async () => {
  await reserve(1);
  let answer = () => {};
  office.fate = () => new Promise((resolve) => (answer = () => resolve(451)));
  const asleep = new Mails(parts).round();
  await until(() => office.seen.length === 1);
  office.fate = () => 'TAKEN';
  ctx.clock.advance(LEASE_MS);
  await sendDue(mailParts(ctx, office));
  answer();
  await asleep;
  expect(await only()).toMatchObject({ attempts: 1, nextAt: null, lastError: null });
  expect((await only()).sentAt).not.toBeNull();
});

it('prunes what was settled, but nothing that is still to be sent', async () => {
  await reserve(1);
  await sendDue(parts);
  await reserve(1);
  ctx.clock.advance(7 * 86_400_000 + 1);
  await pruneOld(ctx, 7);
  expect((await mailsTo(db)).map(({ sentAt }) => sentAt)).toEqual([null]);
  ctx.clock.set('2027-03-01T08:00:00Z');
});

it('gives up what is for somebody who has left meanwhile', async () => {
  await reserve(1);
  await psql('update app_user set active = false where id = $1', [owner.id]);
  await sendDue(parts);
  await psql('update app_user set active = true where id = $1', [owner.id]);
  expect(office.received).toHaveLength(0);
  expect(await only()).toMatchObject({
    nextAt: null,
    sentAt: null,
    lastError: 'The person is no longer active.',
  });
});

it('announces, records and mails each of 100 dead holds once, with three sweepers of which one is killed', async () => {
  const clock = clockFile(ctx.clock.now().getTime());
  const env = {
    SMTP_URL: office.url,
    SMTP_STARTTLS: 'off',
    MAIL_FROM: 'rooms@holdfast.example',
    // Changes bear the time of the machine, months before that of the test: they would be pruned as old.
    HOLDFAST_HISTORY_DAYS: '365',
  };
  const held = await reserve(100, { holdMs: 60_000 });
  const options = { databaseUrl, clockFile: clock.path, env };
  const [doomed, ...others] = await Promise.all([0, 1, 2].map(() => startSweeper(options)));
  clock.set(ctx.clock.now().getTime() + 60_000);
  await until(() => office.seen.length > 0);
  await doomed?.kill();
  // What it had claimed becomes due when its lease is over.
  clock.set(ctx.clock.now().getTime() + 60_000 + LEASE_MS);
  await eventually(async () => {
    expect(await mailsTo(db)).toHaveLength(100);
    expect(await unsent()).toBe(0);
  }, 30_000);
  for (const sweeper of others) expect(await sweeper.stop()).toBe(0);
  const [facts] = await psql(
    `select (select count(*)::int from outbox where reservation_id = any ($1) and freed is not null) as changes,
       (select count(*)::int from audit where action = 'reservation.expire' and subject_id = any ($1)) as notes,
       (select count(*)::int from notification where kind = 'HOLD_EXPIRED') as notices,
       (select count(*)::int from mail where kind = 'HOLD_EXPIRED') as mails`,
    [held],
  );
  expect(facts).toEqual({ changes: 100, notes: 100, notices: 100, mails: 100 });
  expect(new Set(ids(office.received)).size).toBe(100);
});

it('says to owners, and to nobody else, where they check in, as long as somebody has to', async () => {
  const [r, plain, helper] = [await room(db), await room(db), await person(db)];
  await mustCheckIn(db, { resourceId: r.id });
  const link = ({ id }: { id: string }) =>
    `https://rooms.example.com/check-in/reservation/${globalId('Reservation', id)}`;
  const asked = await reserved(ctx, [r.id], '2027-06-01T09:00:00Z', '2027-06-01T10:00:00Z');
  await reserved(ctx, [plain.id], '2027-06-01T09:00:00Z', '2027-06-01T10:00:00Z');
  const given = await reserved(ctx, [r.id], '2027-06-01T11:00:00Z', '2027-06-01T12:00:00Z', {
    ownerId: helper.id,
  });
  const later = { startsAt: new Date('2027-06-01T15:00:00Z'), endsAt: new Date('2027-06-01T16:00:00Z') };
  await moveReservations(testCtx(db, helper.viewer, ctx.clock), {
    moves: [{ id: given.id, ...later, resources: null, expectedVersion: null }],
    idempotencyKey: null,
    dryRun: false,
  });
  await sendDue(parts);
  const toOwner = office.received.filter(({ to }) => to.join() === owner.email);
  const links = office.received.flatMap(({ text }) => /https:\S+/.exec(text)?.[0] ?? []);
  expect(toOwner.map(({ text }) => /^\w+/.exec(text)?.[0]).sort()).toEqual(['Moved', 'Reserved', 'Reserved']);
  expect(links).toContain(link(asked));
  expect(links.length).toBe(2);

  office.received.splice(0);
  await reserved(ctx, [r.id], '2027-06-01T13:00:00Z', '2027-06-01T14:00:00Z');
  ctx.clock.set('2027-06-01T13:10:00Z');
  await withRelay(ctx);
  await sendDue(parts);
  expect(office.received.map(({ text }) => text).join()).not.toContain('/check-in/');
});
