import nodeIcal from 'node-ical';
import { inviteParticipants } from '../../../src/domain/participants/invite-participants.js';
import { removeParticipants } from '../../../src/domain/participants/remove-participants.js';
import { respondToInvitation } from '../../../src/domain/participants/respond-to-invitation.js';
import { checkIn } from '../../../src/domain/presence/check-in.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { confirmReservation } from '../../../src/domain/reservations/confirm-reservation.js';
import { editReservation } from '../../../src/domain/reservations/edit-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { cancelSeries } from '../../../src/domain/series/cancel-series.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import { releaseUnattended } from '../../../src/sweeper/tasks.js';
import { breaches } from '../../kit/calendars.js';
import { reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { mailParts, mailsTo, sendDue, withRelay } from '../../kit/mails.js';
import { person } from '../../kit/people.js';
import { postOffice } from '../../kit/post-office.js';
import { mustCheckIn } from '../../kit/presence.js';
import { room } from '../../kit/things.js';
import { toldOf } from '../../kit/told.js';
import { made, wanted } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const owner = await person(db, 'MEMBER', { name: 'Olga' });
const ina = await person(db, 'MEMBER', { name: 'Ina' });
const me = testCtx(db, owner.viewer);
const her = testCtx(db, ina.viewer, me.clock);
const office = await postOffice();
const at = (time: string) => `2027-03-02T${time}:00Z`;
const gus = { email: ' Gus@Example.net ', name: ' Gus Guest ' };

beforeEach(async () => {
  me.clock.set('2027-03-01T08:00:00Z');
  await withRelay(me);
  office.received.splice(0);
});
afterEach(() => psql('delete from mail'));

const invite = (id: string, more: Partial<Parameters<typeof inviteParticipants>[1]> = {}, ctx = me) =>
  inviteParticipants(ctx, { id, scope: 'THIS', userIds: [ina.id], guests: [gus], ...more });
const remove = (id: string, participantIds: readonly string[], scope: 'THIS' | 'ALL' = 'THIS') =>
  removeParticipants(me, { id, scope, participantIds });
const respond = (id: string, answer: 'ACCEPTED' | 'DECLINED', scope: 'THIS' | 'ALL' = 'THIS', ctx = her) =>
  respondToInvitation(ctx, { id, scope, answer });
const plain = (id: string) => ({ id, expectedVersion: null, idempotencyKey: null });
const move = (id: string, from: string, to: string) =>
  moveReservations(me, {
    moves: [
      { id, expectedVersion: null, startsAt: new Date(at(from)), endsAt: new Date(at(to)), resources: null },
    ],
    idempotencyKey: null,
    dryRun: false,
  });
const meeting = async (more: object = {}, facts: object = {}) =>
  reserved(me, [(await room(db, { name: 'Attic', ...facts })).id], at('09:00'), at('10:00'), more);
const peopleOf = (id: string) =>
  psql<{ id: string; email: string | null; response: string }>(
    'select id, email, response from participant where reservation_id = $1 order by email nulls first',
    [id],
  );
/** Sends what is due and gives what has come, by its address. */
async function arrived() {
  await sendDue(mailParts(me, office));
  const mails = office.received.splice(0);
  return (address: string) => mails.filter(({ to }) => to.join() === address);
}
/** The only event of the mail's calendar, as node-ical reads it. */
function eventOf({ calendar }: { calendar: string }) {
  expect(breaches(calendar.replace(/(\r\n)+$/, '\r\n'))).toEqual([]);
  const parsed = nodeIcal.sync.parseICS(calendar) as Record<string, unknown>;
  const events = Object.values(parsed).filter((part) => (part as { type: string }).type === 'VEVENT');
  expect(events).toHaveLength(1);
  return events[0] as {
    method: string;
    uid: string;
    sequence: number;
    status: string;
    summary: string;
    start: Date;
    organizer: { val: string; params: Record<string, unknown> };
    attendee: { val: string; params: Record<string, unknown> };
  };
}

it('invites a user and a guest, with an event that calendar programs take', async () => {
  const { id } = await meeting({ details: 'Bring the map' });
  expect(await invite(id)).toMatchObject({ reservation: { id }, count: 1, warnings: [] });
  const mails = await arrived();
  const [mine] = mails(ina.email);
  const [theirs] = mails('gus@example.net');
  for (const mail of [mine, theirs]) {
    expect(mail?.calendarType).toContain('method=REQUEST');
    const event = eventOf(mail as NonNullable<typeof mail>);
    expect(event).toMatchObject({
      method: 'REQUEST',
      uid: `rsv_${id.replaceAll('-', '')}@holdfast`,
      sequence: 0,
      status: 'CONFIRMED',
      summary: 'Planning',
      organizer: { val: `mailto:${owner.email}`, params: { CN: 'Olga' } },
      attendee: { params: { PARTSTAT: 'NEEDS-ACTION', RSVP: true } },
    });
    expect(event.attendee.val).toBe(`mailto:${mail?.to.join()}`);
    expect(event.organizer.params['SENT-BY']).toMatch(/^mailto:/);
  }
  expect(mine?.text).toContain('Bring the map');
  expect(theirs?.raw).not.toContain('Bring the map');
  expect(theirs?.text).toMatch(
    /Accept or decline: https:\/\/rooms\.example\.com\/invitation\/hfi_[\w-]{43}\r?\n/,
  );
  expect(mine?.text).not.toContain('/invitation/');
  expect(await toldOf(db, { id })).toEqual([
    expect.objectContaining({
      kind: 'INVITED',
      userId: ina.id,
      message: expect.stringContaining('Planning'),
    }),
  ]);
});

it('changes nothing when asked again, makes a person of an address that is known here, and leaves the owner out', async () => {
  const { id } = await meeting();
  await invite(id);
  await arrived();
  await invite(id, {
    userIds: [ina.id, owner.id],
    guests: [gus, { email: ina.email.toUpperCase(), name: 'I' }],
  });
  expect(await peopleOf(id)).toMatchObject([{ email: null }, { email: 'gus@example.net' }]);
  expect((await mailsTo(db)).filter(({ nextAt }) => nextAt !== null)).toEqual([]);
});

it('tells of what happens later: other times ask anew, and who has declined is left in peace', async () => {
  const { id } = await meeting();
  const jo = await person(db);
  await invite(id, { userIds: [ina.id, jo.id] });
  await respond(id, 'ACCEPTED');
  await respond(id, 'DECLINED', 'THIS', testCtx(db, jo.viewer, me.clock));
  await arrived();
  await editReservation(me, { ...plain(id), title: 'Plans', details: null });
  const edited = await arrived();
  expect(
    [edited(ina.email), edited('gus@example.net'), edited(jo.email)].map(({ length }) => length),
  ).toEqual([1, 1, 0]);
  expect(eventOf(edited(ina.email)[0] as never)).toMatchObject({
    sequence: 1,
    summary: 'Plans',
    attendee: { params: { PARTSTAT: 'ACCEPTED' } },
  });
  await move(id, '11:00', '12:00');
  expect((await peopleOf(id)).map(({ response }) => response)).toEqual(['NONE', 'NONE', 'NONE']);
  const moved = await arrived();
  expect(moved(jo.email)).toHaveLength(1);
  expect(eventOf(moved('gus@example.net')[0] as never)).toMatchObject({
    method: 'REQUEST',
    sequence: 2,
    start: new Date(at('11:00')),
    attendee: { params: { PARTSTAT: 'NEEDS-ACTION' } },
  });
  const cancelled = await cancelReservation(me, plain(id));
  const gone = await arrived();
  expect(eventOf(gone('gus@example.net')[0] as never)).toMatchObject({
    method: 'CANCEL',
    status: 'CANCELLED',
  });
  expect(gone('gus@example.net')[0]?.text).not.toContain('/invitation/');
  if (!('node' in cancelled) || !cancelled.act) throw new Error('no act');
  await undoAct(me, cancelled.act.id);
  expect(eventOf((await arrived())(ina.email)[0] as never)).toMatchObject({
    method: 'REQUEST',
    sequence: 4,
  });
});

it('tells that nobody came and it was released, and that a series ended by that', async () => {
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id }, { strikes: 1 });
  const series = made(await createSeries(me, wanted([r.id])));
  const [first] = series.occurrences;
  await invite(first?.reservation?.id as string, { scope: 'ALL' });
  await arrived();
  me.clock.set(at('09:10'));
  await withRelay(me);
  expect(await releaseUnattended(me)).toBe(1);
  const mails = await arrived();
  for (const address of [ina.email, 'gus@example.net']) {
    const told = mails(address).map((mail) => [/^Subject: ([\w ]+):/m.exec(mail.raw)?.[1], mail] as const);
    expect(told.map(([heading]) => heading).sort()).toEqual(['Released', 'Series ended']);
    const released = told.find(([heading]) => heading === 'Released')?.[1];
    expect(eventOf(released as never)).toMatchObject({ method: 'CANCEL', status: 'CANCELLED' });
  }
});

it('tells of a longer end once somebody has checked in, and leaves the answers', async () => {
  me.clock.set(at('08:00'));
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id });
  const { id } = await reserved(me, [r.id], at('09:00'), at('10:00'));
  await invite(id);
  await respond(id, 'ACCEPTED');
  me.clock.set(at('09:00'));
  await withRelay(me);
  await checkIn(me, { ...plain(id), resourceId: null });
  await arrived();
  await moveReservations(me, {
    moves: [{ id, expectedVersion: null, startsAt: null, endsAt: new Date(at('10:30')), resources: null }],
    idempotencyKey: null,
    dryRun: false,
  });
  const moved = await arrived();
  expect(eventOf(moved('gus@example.net')[0] as never)).toMatchObject({ end: new Date(at('10:30')) });
  expect((await peopleOf(id)).map(({ response }) => response)).toEqual(['ACCEPTED', 'NONE']);
});

it('lets people be invited to what is on, answer and be taken out, until it is over', async () => {
  me.clock.set(at('08:00'));
  const r = await room(db);
  await mustCheckIn(db, { resourceId: r.id });
  const { id } = await reserved(me, [r.id], at('09:00'), at('10:00'));
  me.clock.set(at('09:00'));
  await withRelay(me);
  await checkIn(me, { ...plain(id), resourceId: null });
  await arrived();
  expect(await invite(id)).toMatchObject({ count: 1, reservation: { state: 'CHECKED_IN' } });
  expect((await arrived())('gus@example.net')).toHaveLength(1);
  expect(await toldOf(db, { id })).toMatchObject([{ kind: 'INVITED', userId: ina.id }]);
  expect(await respond(id, 'ACCEPTED')).toMatchObject({ state: 'CHECKED_IN' });
  const [user, guest] = await peopleOf(id);
  expect(user).toMatchObject({ response: 'ACCEPTED' });
  expect(await remove(id, [guest?.id as string])).toMatchObject({ count: 1 });
  me.clock.set(at('10:00'));
  for (const refused of [
    await invite(id),
    await respond(id, 'DECLINED'),
    await remove(id, [user?.id as string]),
  ])
    expect(refused).toMatchObject({ reasons: [{ code: 'ALREADY_DECIDED' }] });
});

it('takes people out, who are told so as long as it was certain', async () => {
  const { id } = await meeting();
  await invite(id);
  await arrived();
  const [user, guest] = await peopleOf(id);
  await remove(id, [user?.id as string, guest?.id as string]);
  expect(await peopleOf(id)).toEqual([]);
  const mails = await arrived();
  for (const address of [ina.email, 'gus@example.net']) {
    expect(eventOf(mails(address)[0] as never)).toMatchObject({ method: 'CANCEL', status: 'CANCELLED' });
  }
  expect(await remove(id, [user?.id as string])).toMatchObject({ count: 1 });
  await cancelReservation(me, plain(id));
  expect((await arrived())('gus@example.net')).toEqual([]);
});

it('tells nobody before it is certain, and nobody of a hold that dies', async () => {
  const held = await meeting({ holdMs: 60_000 });
  await invite(held.id);
  expect((await mailsTo(db)).map(({ kind }) => kind)).toEqual([]);
  await confirmReservation(me, plain(held.id));
  expect((await arrived())('gus@example.net')).toHaveLength(1);
  const dead = await meeting({ holdMs: 60_000 });
  await invite(dead.id);
  await cancelReservation(me, plain(dead.id));
  expect((await arrived())('gus@example.net')).toEqual([]);
});

it('tells the owner of each answer that is another one', async () => {
  const { id } = await meeting();
  await invite(id);
  expect(await respond(id, 'DECLINED')).toMatchObject({ node: 'Reservation', id });
  await respond(id, 'DECLINED');
  await respond(id, 'ACCEPTED');
  const answers = (await toldOf(db, { id })).filter(({ kind }) => kind === 'INVITATION_ANSWERED');
  expect(answers.map(({ userId }) => userId)).toEqual([owner.id, owner.id]);
  const mails = (await arrived())(owner.email).filter(({ text }) => text.startsWith('Invitation answered'));
  expect(mails.map(({ text }) => /By: Ina[\s\S]*Answer: (\w+)/.exec(text)?.[1]).sort()).toEqual([
    'accepted',
    'declined',
  ]);
  expect(mails.every(({ calendar }) => calendar === '')).toBe(true);
});

it('answers to nobody who is not invited, or once it is over', async () => {
  const { id } = await meeting();
  expect(await respond(id, 'ACCEPTED')).toMatchObject({ kind: 'NotFound' });
  await invite(id);
  me.clock.set('2027-03-02T10:00:00Z');
  expect(await respond(id, 'ACCEPTED')).toMatchObject({ reasons: [{ code: 'ALREADY_DECIDED' }] });
  expect(await invite(id)).toMatchObject({ reasons: [{ code: 'ALREADY_DECIDED' }] });
  me.clock.set('2027-03-01T08:00:00Z');
});

it.each([
  ['nobody', { userIds: [], guests: [] }],
  ['what is no address', { guests: [{ email: 'gus', name: 'Gus' }] }],
  ['a line within an address', { guests: [{ email: 'a@b.example\r\nBcc: x@y.example', name: 'Gus' }] }],
  ['a guest without a name', { guests: [{ email: 'g@b.example', name: ' ' }] }],
  ['NUL', { guests: [{ email: 'g@b.example', name: 'a\0b' }] }],
  ['somebody unknown', { userIds: ['01a20da2-0000-7000-8000-000000000009'] }],
  [
    'more than 200',
    { guests: Array.from({ length: 201 }, (_, n) => ({ email: `g${n}@b.example`, name: 'G' })) },
  ],
])('refuses to invite %s and changes nothing', async (_what, more) => {
  const { id } = await meeting();
  expect(await invite(id, more)).toMatchObject({ kind: 'InvalidInput' });
  expect(await peopleOf(id)).toEqual([]);
});

it('has at most 200 beside the owner, however they come', async () => {
  const { id } = await meeting();
  const guests = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => ({ email: `g${from + n}@b.example`, name: 'G' }));
  expect(await invite(id, { userIds: [], guests: guests(0, 199) })).toMatchObject({ count: 1 });
  const both = await Promise.all([
    invite(id, { userIds: [], guests: guests(199, 200) }),
    invite(id, { userIds: [], guests: guests(200, 201) }),
  ]);
  expect(both.filter((one) => 'kind' in one)).toEqual([expect.objectContaining({ kind: 'InvalidInput' })]);
  expect(await peopleOf(id)).toHaveLength(200);
});

it('says when more come than there are seats, and invites them all the same', async () => {
  const { id } = await meeting({}, { seats: 2, name: 'Nook' });
  expect(await invite(id, { guests: [] })).toMatchObject({ warnings: [] });
  expect(await invite(id)).toMatchObject({
    warnings: ['With the owner 3 people come, and there are 2 seats.'],
  });
});

it('lets only those invite who may change the reservation, and no guests', async () => {
  const { id } = await meeting();
  expect(await invite(id, {}, her)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
  const guest = testCtx(db, (await person(db, 'GUEST')).viewer, me.clock);
  const boss = testCtx(db, (await person(db, 'MANAGER')).viewer, me.clock);
  const own = await reserved(boss, [(await room(db)).id], at('09:00'), at('10:00'), {
    ownerId: guest.viewer.userId,
  });
  expect(await invite(own.id, {}, guest)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
});

it('invites to a whole series with one mail each, answers it as a whole, and ends it as one', async () => {
  const { id: roomId } = await room(db);
  const made = await createSeries(me, {
    title: 'Jour fixe',
    details: '',
    resources: [{ resourceId: roomId, quantity: 1 }],
    startsLocal: '2027-03-03T09:00',
    endsLocal: '2027-03-03T10:00',
    timeZone: null,
    rrule: 'FREQ=DAILY;COUNT=3',
    exdates: [],
    rdates: [],
    ownerId: null,
    mode: { kind: 'ALL_OR_NOTHING', maxConflicts: null, sameAttributes: false },
    idempotencyKey: null,
    dryRun: false,
  });
  if ('kind' in made) throw new Error(made.message);
  const ids = made.occurrences.map(({ reservation }) => reservation?.id as string);
  await psql('delete from mail');
  expect(await invite(ids[1] as string, { scope: 'ALL' })).toMatchObject({ count: 3 });
  const mails = await arrived();
  const [mail, ...more] = mails('gus@example.net');
  expect(more).toEqual([]);
  expect(mail?.calendarType).toContain('method=PUBLISH');
  expect(mail?.calendar.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  await respond(ids[0] as string, 'ACCEPTED', 'ALL');
  const answers = await psql<{ response: string }>(
    'select response from participant where user_id = $1 and reservation_id = any ($2)',
    [ina.id, ids],
  );
  expect(answers.map(({ response }) => response)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
  await arrived();
  const [user] = await peopleOf(ids[2] as string);
  await remove(ids[2] as string, [user?.id as string], 'ALL');
  expect((await arrived())(ina.email)).toHaveLength(1);
  await cancelSeries(me, {
    seriesId: made.series.id,
    reservationId: null,
    scope: 'ALL',
    expectedVersion: null,
    idempotencyKey: null,
  });
  expect((await arrived())('gus@example.net')).toHaveLength(1);
});
