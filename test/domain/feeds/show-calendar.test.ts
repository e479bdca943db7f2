import type { Viewer } from '../../../src/domain/act.js';
import { rotateFeed } from '../../../src/domain/feeds/change-feed.js';
import { createFeed } from '../../../src/domain/feeds/create-feed.js';
import { showCalendar } from '../../../src/domain/feeds/show-calendar.js';
import { globalId } from '../../../src/domain/ids.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { moveReservations } from '../../../src/domain/reservations/move-reservations.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { byProgram } from '../../../src/sql/audit/source.js';
import { expireNextHolds } from '../../../src/sql/reservations/expire-holds.js';
import { breaches, readByIcalJs, readByNodeIcal, type SeenEvent } from '../../kit/calendars.js';
import { ManualClock } from '../../kit/clock.js';
import { reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { divided } from '../../kit/parts.js';
import { person } from '../../kit/people.js';
import { place, pool, room } from '../../kit/things.js';
import { counting, made, wanted } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const clock = new ManualClock();
const as = (viewer: Viewer) => testCtx(db, viewer, clock);
beforeEach(() => clock.set('2027-03-01T08:00:00.000Z'));

type Acting = ReturnType<typeof as>;

async function feedOf(ctx: Acting, shows: { resourceId?: string; placeId?: string } = {}): Promise<string> {
  const feed = await createFeed(ctx, { name: 'Mine', resourceId: null, placeId: null, ...shows });
  if ('kind' in feed) throw new Error(feed.message);
  return feed.token;
}

async function textOf(token: string): Promise<string> {
  const shown = await showCalendar({ db, clock }, token);
  if (!shown) throw new Error('this feed shows nothing');
  expect(breaches(shown.text)).toEqual([]);
  return shown.text;
}

async function read(token: string): Promise<SeenEvent[]> {
  const text = await textOf(token);
  const events = readByIcalJs(text);
  expect(readByNodeIcal(text)).toEqual(events);
  return events;
}

async function move(ctx: Acting, id: string, startsAt: string, endsAt: string): Promise<void> {
  const window = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) };
  const to = { id, expectedVersion: null, ...window, resources: null };
  const result = await moveReservations(ctx, { moves: [to], idempotencyKey: null, dryRun: false });
  if ('kind' in result) throw new Error(result.message);
}

async function cancel(ctx: Acting, id: string): Promise<void> {
  const result = await cancelReservation(ctx, { id, expectedVersion: null, idempotencyKey: null });
  if ('kind' in result) throw new Error(result.message);
}

const uid = (id: string) => `${globalId('Reservation', id)}@holdfast`;
const berlin = { timeZone: 'Europe/Berlin' };

describe('the feed of a person', () => {
  it("shows what is theirs, and nobody else's", async () => {
    const mia = as((await person(db, 'MEMBER', { name: 'Mia' })).viewer);
    const max = as((await person(db, 'MANAGER', { name: 'Max' })).viewer);
    const r = await room(db, { name: 'Attic', ...berlin });
    const token = await feedOf(mia);
    expect(await read(token)).toEqual([]);
    await reserved(max, [r.id], '2027-03-02T08:00:00Z', '2027-03-02T09:00:00Z');
    const mine = await reserved(mia, [r.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z', {
      details: 'Bring it',
    });
    expect(await read(token)).toEqual([
      {
        uid: uid(mine.id),
        startsAt: '2027-03-02T09:00:00.000Z',
        endsAt: '2027-03-02T10:00:00.000Z',
        recurrenceAt: null,
        summary: 'Planning',
        description: 'Bring it',
        location: 'Attic',
        status: 'CONFIRMED',
        sequence: 0,
      },
    ]);
    const text = await textOf(token);
    expect(text).toContain('DTSTART;TZID=Europe/Berlin:20270302T100000\r\n');
    expect(text).toContain('DTSTAMP:20270301T080000Z\r\n');
    expect(text).not.toContain('METHOD');
  });

  it('counts the changes, and keeps what was cancelled for 90 days', async () => {
    const mia = as((await person(db)).viewer);
    const r = await room(db);
    const token = await feedOf(mia);
    const { id } = await reserved(mia, [r.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
    await move(mia, id, '2027-03-02T11:00:00Z', '2027-03-02T12:00:00Z');
    const [after] = await read(token);
    expect(after).toMatchObject({ uid: uid(id), startsAt: '2027-03-02T11:00:00.000Z', sequence: 1 });
    await cancel(mia, id);
    expect(await read(token)).toMatchObject([{ uid: uid(id), status: 'CANCELLED', sequence: 2 }]);
    expect(await textOf(token)).toContain('TRANSP:TRANSPARENT');
    clock.set('2027-05-31T11:59:59.999Z');
    expect(await read(token)).toHaveLength(1);
    clock.set('2027-05-31T12:00:00.000Z');
    expect(await read(token)).toEqual([]);
  });

  it('shows a hold as tentative, and a dead one the same before and after it is swept', async () => {
    const mia = as((await person(db)).viewer);
    const r = await room(db);
    const token = await feedOf(mia);
    const hold = await reserved(mia, [r.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z', {
      holdMs: 60_000,
    });
    expect(await read(token)).toMatchObject([{ uid: uid(hold.id), status: 'TENTATIVE', sequence: 0 }]);
    clock.advance(60_000);
    const dead = await textOf(token);
    expect(readByIcalJs(dead)).toMatchObject([{ uid: uid(hold.id), status: 'CANCELLED', sequence: 1 }]);
    clock.advance(5_000);
    expect(await expireNextHolds(db, clock.fixed(), 10, byProgram('sweeper'))).toHaveLength(1);
    expect(await textOf(token)).toBe(dead);
  });

  it('reaches 90 days back and 400 ahead, by whatever touches that', async () => {
    const mia = as((await person(db)).viewer);
    const r = await room(db);
    const token = await feedOf(mia);
    await reserved(mia, [r.id], '2027-03-02T00:00:00Z', '2027-03-20T00:00:00Z');
    clock.set('2027-06-17T23:59:59.999Z');
    expect(await read(token)).toHaveLength(1);
    clock.set('2027-06-18T00:00:00.000Z');
    expect(await read(token)).toEqual([]);
    clock.set('2026-01-26T00:00:00.000Z');
    expect(await read(token)).toEqual([]);
    clock.set('2026-01-26T00:00:00.001Z');
    expect(await read(token)).toHaveLength(1);
  });
});

describe('a feed of more than 2,000 reservations', () => {
  it.each([1, 100])('shows those that are nearest to now, one in %i minutes', async (minutes) => {
    const { id, viewer } = await person(db);
    const { id: site } = await place(db);
    const rooms = [await room(db, { placeId: site }), await room(db, { placeId: site })].map(
      (each) => each.id,
    );
    await psql(
      `with made as (
         insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at)
         select gen_random_uuid(), n::text, $1, $1, 'CANCELLED', t, t + interval '1 minute', t, t
         from generate_series(-1200, 1200) n
         cross join lateral (select timestamptz '2027-03-01T08:00:00Z' + n * $3 * interval '1 minute') at (t)
         returning *)
       insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
       select made.id, r.id, false, tstzrange(starts_at, ends_at), '-infinity' from made, unnest($2::uuid[]) r (id)`,
      [id, rooms, minutes],
    );
    for (const token of [await feedOf(as(viewer)), await feedOf(as(viewer), { placeId: site })]) {
      const shown = readByIcalJs(await textOf(token)).map(({ summary }) => Number(summary));
      expect(shown).toHaveLength(2_000);
      expect(shown.filter((n) => Math.abs(n) < 1_000)).toHaveLength(1_999);
    }
  });
});

describe('a series in a feed', () => {
  it('has one UID; each occurrence is there once, moved to its new time, and cancelled where it was', async () => {
    const mia = as((await person(db)).viewer);
    const r = await room(db, berlin);
    const token = await feedOf(mia);
    const rule = {
      startsLocal: '2027-03-26T09:00',
      endsLocal: '2027-03-26T10:00',
      rrule: 'FREQ=DAILY;COUNT=4',
    };
    const { series, occurrences } = made(await createSeries(mia, wanted([r.id], rule)));
    const [, second, third] = occurrences.map(({ reservation }) => reservation?.id as string);
    await move(mia, second as string, '2027-03-27T15:00:00Z', '2027-03-27T16:00:00Z');
    await cancel(mia, third as string);
    const events = await read(token);
    expect(new Set(events.map((event) => event.uid))).toEqual(
      new Set([`${globalId('Series', series?.id as string)}@holdfast`]),
    );
    expect(
      events.map(({ recurrenceAt, startsAt, status, sequence }) => [
        recurrenceAt,
        startsAt,
        status,
        sequence,
      ]),
    ).toEqual([
      ['2027-03-26T08:00:00.000Z', '2027-03-26T08:00:00.000Z', 'CONFIRMED', 0],
      ['2027-03-27T08:00:00.000Z', '2027-03-27T15:00:00.000Z', 'CONFIRMED', 1],
      ['2027-03-28T07:00:00.000Z', '2027-03-28T07:00:00.000Z', 'CANCELLED', 1],
      ['2027-03-29T07:00:00.000Z', '2027-03-29T07:00:00.000Z', 'CONFIRMED', 0],
    ]);
    expect(await textOf(token)).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20270327T090000\r\n');
  });
});

describe('the feed of a resource or a place', () => {
  it('shows whatever takes one of its resources, with who has it', async () => {
    const mia = as((await person(db, 'MEMBER', { name: 'Mia' })).viewer);
    const max = as((await person(db, 'MEMBER', { name: 'Max' })).viewer);
    const site = await place(db);
    const floor = await place(db, { parentId: site.id, kind: 'FLOOR' });
    const attic = await room(db, { name: 'Attic', placeId: floor.id });
    const chairs = await pool(db, { name: 'Chairs', placeId: site.id });
    const elsewhere = await room(db, { name: 'Elsewhere' });
    const both = await reserved(
      mia,
      [attic.id, elsewhere.id],
      '2027-03-02T09:00:00Z',
      '2027-03-02T10:00:00Z',
    );
    const other = await reserved(max, [elsewhere.id], '2027-03-02T11:00:00Z', '2027-03-02T12:00:00Z');
    const sat = await reserved(mia, [chairs.id], '2027-03-02T13:00:00Z', '2027-03-02T14:00:00Z');
    const uids = async (shows: object) => (await read(await feedOf(max, shows))).map((event) => event.uid);
    expect(await uids({ resourceId: attic.id })).toEqual([uid(both.id)]);
    expect(await uids({ placeId: floor.id })).toEqual([uid(both.id)]);
    expect(await uids({ placeId: site.id })).toEqual([uid(both.id), uid(sat.id)]);
    expect(await uids({ resourceId: elsewhere.id })).toEqual([uid(both.id), uid(other.id)]);
    expect((await read(await feedOf(max, { resourceId: attic.id })))[0]).toMatchObject({
      summary: 'Planning',
      description: 'Reserved by Mia',
      location: 'Attic, Elsewhere',
    });
  });

  it('shows a whole that is taken in the feed of its part, and a part in that of the whole', async () => {
    const mia = as((await person(db)).viewer);
    const [hall, left] = [await room(db, { name: 'Hall' }), await room(db, { name: 'Left' })];
    await divided(db, hall.id, [left.id]);
    const whole = await reserved(mia, [hall.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
    const part = await reserved(mia, [left.id], '2027-03-02T11:00:00Z', '2027-03-02T12:00:00Z');
    for (const resourceId of [hall.id, left.id]) {
      const seen = await read(await feedOf(mia, { resourceId }));
      expect(seen.map((event) => [event.uid, event.location])).toEqual([
        [uid(whole.id), 'Hall'],
        [uid(part.id), 'Left'],
      ]);
    }
  });

  it('tells a guest only that something is taken, and nothing that could be found again elsewhere', async () => {
    const mia = as((await person(db, 'MANAGER', { name: 'Mia' })).viewer);
    const guest = as((await person(db, 'GUEST', { name: 'Gus' })).viewer);
    const attic = await room(db, { name: 'Attic', ...berlin });
    const secret = await room(db, { name: 'Bunker' });
    const more = { title: 'Merger', details: 'With Acme' };
    const { id } = await reserved(
      mia,
      [attic.id, secret.id],
      '2027-03-02T09:00:00Z',
      '2027-03-02T10:00:00Z',
      more,
    );
    const own = await reserved(mia, [attic.id], '2027-03-02T10:00:00Z', '2027-03-02T11:00:00Z', {
      ownerId: guest.viewer.userId,
    });
    const [one, another] = [
      await feedOf(guest, { resourceId: attic.id }),
      await feedOf(guest, { placeId: attic.placeId }),
    ];
    const [masked, readable] = await read(one);
    expect(masked).toMatchObject({
      startsAt: '2027-03-02T09:00:00.000Z',
      summary: 'Reserved',
      description: '',
      location: 'Attic',
      status: 'CONFIRMED',
    });
    expect(readable).toMatchObject({ uid: uid(own.id), summary: 'Planning' });
    expect(await textOf(one)).not.toMatch(/Merger|Acme|Mia|Bunker/);
    expect(await textOf(one)).not.toContain(globalId('Reservation', id));
    expect((await read(another))[0]?.uid).not.toBe(masked?.uid);
    expect((await read(one))[0]?.uid).toBe(masked?.uid);
    await cancel(mia, id);
    expect((await read(one)).map((event) => event.uid)).toEqual([uid(own.id)]);
    await psql(`update app_user set role = 'MEMBER' where id = $1`, [guest.viewer.userId]);
    expect(await read(one)).toHaveLength(2);
  });
});

describe('a token', () => {
  it('costs one statement, whatever it shows', async () => {
    const mia = as((await person(db)).viewer);
    const { placeId } = await room(db);
    for (const token of [await feedOf(mia), await feedOf(mia, { placeId }), `hfc_${'x'.repeat(43)}`]) {
      const counted = counting(db);
      await showCalendar({ db: counted.db, clock }, token);
      expect(counted.asked).toEqual(['read-calendar']);
    }
  });

  it('shows nothing once it is rotated, while its owner is not active, and when it is none', async () => {
    const { id, viewer } = await person(db);
    const mia = as(viewer);
    const first = await createFeed(mia, { name: 'Mine', resourceId: null, placeId: null });
    if ('kind' in first) throw new Error(first.message);
    const rotated = await rotateFeed(mia, { id: first.feed.id });
    if ('kind' in rotated) throw new Error(rotated.message);
    const shows = async (token: string) => (await showCalendar({ db, clock }, token)) !== null;
    expect(await shows(first.token)).toBe(false);
    expect(await shows(rotated.token)).toBe(true);
    await psql('update app_user set active = false where id = $1', [id]);
    expect(await shows(rotated.token)).toBe(false);
    await psql('update app_user set active = true where id = $1', [id]);
    expect(await shows(rotated.token)).toBe(true);
    expect(await shows('nonsense')).toBe(false);
  });

  it('is nowhere in the database', async () => {
    const token = await feedOf(as((await person(db)).viewer));
    const rows = await psql(`select f::text from feed f union all select a::text from audit a`);
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
    expect(token).toMatch(/^hfc_[\w-]{43}$/);
  });
});
