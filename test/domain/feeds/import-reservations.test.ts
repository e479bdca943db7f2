import type { Viewer } from '../../../src/domain/act.js';
import { createFeed } from '../../../src/domain/feeds/create-feed.js';
import type { ImportReport } from '../../../src/domain/feeds/import-report.js';
import {
  type ImportReservations,
  importReservations,
} from '../../../src/domain/feeds/import-reservations.js';
import { planEvents } from '../../../src/domain/feeds/plan-events.js';
import { showCalendar } from '../../../src/domain/feeds/show-calendar.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { createSeries } from '../../../src/domain/series/create-series.js';
import { undoAct } from '../../../src/domain/undo/undo-act.js';
import { by, mustApprove } from '../../kit/approvals.js';
import { ManualClock } from '../../kit/clock.js';
import { reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { rule } from '../../kit/rules.js';
import { pool, room } from '../../kit/things.js';
import { made, wanted, withoutIds } from '../series/series-kit.js';

const { db, psql } = await useDatabase();
const clock = new ManualClock();
const as = (viewer: Viewer) => testCtx(db, viewer, clock);
const mia = await person(db, 'MEMBER', { name: 'Mia' });
const max = await person(db, 'MANAGER', { name: 'Max' });
const ctx = as(mia.viewer);

const event = (uid: string, starts: string, ends: string, ...more: string[]) =>
  [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTART${starts}`,
    `DTEND${ends}`,
    'SUMMARY:Planning',
    ...more,
    'END:VEVENT',
  ].join('\r\n');
const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n');
const wish = (
  resourceId: string,
  text: string,
  more: Partial<ImportReservations> = {},
): ImportReservations => ({
  text,
  resources: [{ resourceId, quantity: 1 }],
  ownerId: null,
  skipRefused: false,
  dryRun: false,
  ...more,
});

async function imported(...args: Parameters<typeof wish>): Promise<ImportReport> {
  const result = await importReservations(ctx, wish(...args));
  if ('kind' in result) throw new Error(result.message);
  return result;
}
const outcomes = ({ events }: ImportReport) => events.map(({ outcome }) => outcome).join(' ');
const windows = (resourceId: string) =>
  psql<{ title: string; at: string; zone: string }>(
    `select v.title, to_char(v.starts_at, 'MM-DD HH24:MI') || to_char(v.ends_at, ' MM-DD HH24:MI') as at, v.time_zone as zone
     from reservation v join claim c on c.reservation_id = v.id where c.resource_id = $1 and c.occupies order by v.starts_at`,
    [resourceId],
  );

const NINE = [':20270302T090000', ':20270302T100000'] as const;
const TEN = [':20270302T100000', ':20270302T110000'] as const;

describe('an imported calendar', () => {
  it('becomes reservations, by the clocks that it names or those of the resource', async () => {
    const r = await room(db, { timeZone: 'Europe/Berlin' });
    const text = calendar(
      event('floating', ...NINE, 'DESCRIPTION:Bring it\\, please'),
      event('utc', ':20270303T090000Z', ':20270303T100000Z'),
      event('zoned', ';TZID=America/New_York:20270304T090000', ';TZID=America/New_York:20270304T100000'),
      event('days', ';VALUE=DATE:20270327', ';VALUE=DATE:20270329'),
      event('twice', ':20271031T005000Z', ':20271031T011000Z'),
    );
    const report = await imported(r.id, text);
    expect(outcomes(report)).toBe('RESERVED RESERVED RESERVED RESERVED RESERVED');
    expect(report.events[0]).toMatchObject({
      line: 3,
      uid: 'floating',
      title: 'Planning',
      window: { startsAt: '2027-03-02T08:00:00.000Z', endsAt: '2027-03-02T09:00:00.000Z' },
      reservation: { ownerId: mia.id, details: 'Bring it, please', state: 'CONFIRMED', version: 1 },
      reasons: [],
    });
    expect((await windows(r.id)).map(({ at, zone }) => `${at} ${zone}`)).toEqual([
      '03-02 08:00 03-02 09:00 Europe/Berlin',
      '03-03 09:00 03-03 10:00 Europe/Berlin',
      '03-04 14:00 03-04 15:00 Europe/Berlin',
      '03-26 23:00 03-28 22:00 Europe/Berlin',
      '10-31 00:50 10-31 01:10 Europe/Berlin',
    ]);
  });

  it('is judged as any reservation is, and in a dry run with the very same answer', async () => {
    const r = await room(db);
    await rule(
      db,
      'LENGTH',
      { leastMinutes: null, mostMinutes: 90 },
      {
        resourceId: r.id,
      },
    );
    await reserved(as(max.viewer), [r.id], '2027-03-02T09:30:00Z', '2027-03-02T10:00:00Z');
    const text = calendar(
      event('taken', ...NINE),
      event('fine', ...TEN),
      event('same', ...TEN),
      event('long', ':20270302T120000', ':20270302T140000'),
      event('backwards', ':20270302T150000', ':20270302T140000'),
    );
    const refused = await importReservations(ctx, wish(r.id, text));
    expect(refused).toMatchObject({
      kind: 'ReservationsImportRefused',
      path: ['input', 'text'],
      message: expect.stringMatching(/^Line 3: .* And 3 more\.$/),
      problems: [{ line: 27, uid: 'backwards' }],
    });
    expect(await windows(r.id)).toHaveLength(1);
    const dry = await imported(r.id, text, { skipRefused: true, dryRun: true });
    expect(await windows(r.id)).toHaveLength(1);
    const real = await imported(r.id, text, { skipRefused: true });
    expect(withoutIds(real)).toEqual(withoutIds(dry));
    expect(
      real.events.map(({ uid, outcome, reasons }) => [uid, outcome, reasons.map(({ code }) => code).join()]),
    ).toEqual([
      ['taken', 'REFUSED', 'SLOT_TAKEN'],
      ['fine', 'RESERVED', ''],
      ['same', 'REFUSED', 'SLOT_TAKEN'],
      ['long', 'REFUSED', 'DURATION_TOO_LONG'],
    ]);
    expect(await windows(r.id)).toHaveLength(2);
  });

  it('tells nobody who imports for themselves what their calendar says already', async () => {
    await psql(`insert into mail_relay (seen_at) values ($1)`, [clock.now().toISOString()]);
    const r = await room(db);
    await imported(r.id, calendar(event('quiet', ':20270305T090000Z', ':20270305T100000Z')));
    await reserved(ctx, [r.id], '2027-03-05T11:00:00Z', '2027-03-05T12:00:00Z');
    expect(await psql('select kind from mail where user_id = $1', [mia.id])).toEqual([{ kind: 'RESERVED' }]);
    await psql('delete from mail_relay');
  });

  it('waits for approval where a rule asks for it, in the dry run too, and asks', async () => {
    const r = await room(db);
    await mustApprove(db, { resourceId: r.id }, [by(max.id)]);
    const text = calendar(event('a', ':20270302T090000Z', ':20270302T100000Z'));
    for (const dryRun of [true, false]) {
      const { events } = await imported(r.id, text, { dryRun });
      expect(events[0]?.reservation).toMatchObject({
        state: 'PENDING_APPROVAL',
        expiresAt: expect.stringContaining('2027-03-02T08:00:00'),
      });
    }
    const asked = await psql('select from notification where user_id = $1 and kind = $2', [
      max.id,
      'APPROVAL_ASKED',
    ]);
    expect(asked).toHaveLength(1);
  });

  it('is imported once, however often and by however many at once', async () => {
    const chairs = await pool(db, { capacity: 9 });
    const text = calendar(event('a', ...NINE), event('b', ...TEN));
    const results = await Promise.all(Array.from({ length: 4 }, () => imported(chairs.id, text)));
    expect(results.map(outcomes).sort()).toEqual([...Array(3).fill('KNOWN KNOWN'), 'RESERVED RESERVED']);
    expect(await windows(chairs.id)).toHaveLength(2);
    const id = results[0]?.events[0]?.reservation?.id as string;
    await cancelReservation(ctx, { id, expectedVersion: null, idempotencyKey: null });
    const more = calendar(event('a', ...NINE), event('c', ...NINE));
    const again = await imported(chairs.id, more);
    expect(again.events.map(({ uid, outcome, reservation }) => [uid, outcome, reservation?.state])).toEqual([
      ['a', 'KNOWN', 'CANCELLED'],
      ['c', 'RESERVED', 'CONFIRMED'],
    ]);
    const elsewhere = await room(db);
    expect(outcomes(await imported(elsewhere.id, text))).toBe('RESERVED RESERVED');
  });

  it('has each occurrence of an event that recurs, less those that other events stand for and those that are over', async () => {
    const r = await room(db, { timeZone: 'Europe/Berlin' });
    const berlin = (time: string) => `;TZID=Europe/Berlin:${time}`;
    const text = calendar(
      event(
        's',
        berlin('20270226T090000'),
        berlin('20270226T100000'),
        'RRULE:FREQ=DAILY;COUNT=7',
        `EXDATE${berlin('20270302T090000')}`,
      ),
      event(
        's',
        berlin('20270303T150000'),
        berlin('20270303T160000'),
        `RECURRENCE-ID${berlin('20270303T090000')}`,
      ),
      event('over', berlin('20200226T090000'), berlin('20200226T100000'), 'RRULE:FREQ=DAILY;COUNT=7'),
      event('endless', berlin('20270226T090000'), berlin('20270226T100000'), 'RRULE:FREQ=DAILY'),
      event('off', berlin('20270303T150000'), berlin('20270303T160000'), 'STATUS:CANCELLED'),
    );
    const report = await imported(r.id, text, { skipRefused: true });
    expect(report).toMatchObject({ pastCount: 1, cancelledCount: 1, problems: [{ uid: 'endless' }] });
    expect(report.events.map(({ uid, window }) => [uid, window.startsAt])).toEqual([
      ['s 2027-03-01T09:00:00.000', '2027-03-01T08:00:00.000Z'],
      ['s 2027-03-03T09:00:00.000', '2027-03-03T14:00:00.000Z'],
      ['s 2027-03-04T09:00:00.000', '2027-03-04T08:00:00.000Z'],
    ]);
    expect(outcomes(await imported(r.id, text, { skipRefused: true }))).toBe('KNOWN KNOWN KNOWN');
  });

  it('skips what is over without going through it, and lets others have their turn', async () => {
    const r = await room(db);
    const times = [':20000101T090000', ':20000101T100000'] as const;
    const old = Array.from({ length: 200 }, (_, n) => event(`${n}`, ...times, 'RRULE:FREQ=DAILY;COUNT=500'));
    const rare = Array.from({ length: 200 }, (_, n) =>
      event(`rare ${n}`, ...times, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=500'),
    );
    let turns = 0;
    let isDone = false;
    const others = async () => {
      while (!isDone) {
        await new Promise(setImmediate);
        turns++;
      }
    };
    const plan = planEvents(calendar(...old, ...rare), r.timeZone, clock.now().getTime()).finally(() => {
      isDone = true;
    });
    const [planned] = await Promise.all([plan, others()]);
    expect(planned).toMatchObject({ events: [], pastCount: 200, cancelledCount: 0 });
    expect(planned).toHaveProperty('problems.length', 200);
    expect(turns).toBeGreaterThan(0);
  });

  it('is read no farther once it asks for too much', async () => {
    const r = await room(db);
    const daily = event('daily', ...NINE, 'RRULE:FREQ=DAILY;COUNT=500');
    const yearly = event('yearly', ...TEN, 'RRULE:FREQ=YEARLY;UNTIL=20900101');
    const refused = (...events: string[]) =>
      importReservations(ctx, wish(r.id, calendar(...events), { dryRun: true, skipRefused: true }));
    expect(await refused(daily, event('one', ...TEN))).toMatchObject({
      kind: 'InvalidInput',
      path: ['input', 'text'],
      message: 'Line 10: with this event there are more than 500 reservations to import at once.',
    });
    expect(await refused(daily, yearly)).toMatchObject({ kind: 'InvalidInput' });
    expect(await refused(event('many', ...NINE, 'RRULE:FREQ=DAILY;UNTIL=89990101'))).toMatchObject({
      kind: 'InvalidInput',
    });
    const report = await imported(
      r.id,
      calendar(
        yearly,
        event('far', ':20500302T090000', ':20500302T100000', 'RRULE:FREQ=YEARLY;COUNT=2'),
        event('counted', ...NINE, 'RRULE:FREQ=DAILY;COUNT=501'),
        event('never', ...NINE, 'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2'),
      ),
      { skipRefused: true },
    );
    expect(report).toMatchObject({ events: [], pastCount: 0 });
    expect(report.problems.map(({ uid, message }) => [uid, message])).toEqual([
      ['yearly', 'It goes on behind 2037-03-08: end its rule before.'],
      ['far', 'It goes on behind 2037-03-08: end its rule before.'],
      ['counted', 'It has more than 500 occurrences.'],
      ['never', 'Its rule gives no occurrence at all.'],
    ]);
  });

  it('has a problem, dry or not, where the name of an occurrence is that of another event', async () => {
    const r = await room(db);
    const rule = 'RRULE:FREQ=DAILY;COUNT=2';
    const text = calendar(
      event('a', ...NINE, rule),
      event('a 2027-03-02T09:00:00.000', ...TEN),
      event('a', ...NINE, 'RECURRENCE-ID:20270303T090000', rule),
      event('a', ...TEN, 'RECURRENCE-ID;VALUE=DATE:20270304'),
      event('a', ':20270302T110000', ':20270302T120000', 'RECURRENCE-ID:20270304T000000'),
    );
    const message = 'Another event of the file has the same UID.';
    for (const dryRun of [true, false]) {
      const { events, problems } = await imported(r.id, text, { skipRefused: true, dryRun });
      expect(events.map(({ uid, outcome }) => [uid, outcome])).toEqual([
        ['a 2027-03-02T09:00:00.000', 'RESERVED'],
        ['a 2027-03-04T00:00:00.000', 'RESERVED'],
      ]);
      expect(problems).toMatchObject([
        { line: 10, message },
        { line: 16, message },
        { line: 31, message },
      ]);
    }
  });

  it('may be a feed of our own: it gives the same windows again', async () => {
    const [from, to] = [
      await room(db, { timeZone: 'Europe/Berlin' }),
      await room(db, { timeZone: 'Europe/Berlin' }),
    ];
    await reserved(ctx, [from.id], '2027-10-31T01:30:00Z', '2027-10-31T01:45:00Z', {
      title: 'Moon, "new"; \\n',
    });
    const rrule = 'FREQ=DAILY;COUNT=4';
    made(
      await createSeries(
        ctx,
        wanted([from.id], { startsLocal: '2027-03-26T02:30', endsLocal: '2027-03-26T04:00', rrule }),
      ),
    );
    const feed = await createFeed(ctx, { name: 'From', resourceId: from.id, placeId: null });
    if ('kind' in feed) throw new Error(feed.message);
    const shown = await showCalendar({ db, clock }, feed.token);
    await imported(to.id, shown?.text ?? '');
    expect(await windows(to.id)).toEqual(await windows(from.id));
    expect(await windows(to.id)).toHaveLength(5);
  });

  it('is refused as a whole where it is none, too long, or for what is not there', async () => {
    const r = await room(db);
    const path = ['input', 'text'];
    for (const text of ['', 'BEGIN:VEVENT', `BEGIN:VCALENDAR\n${'x'.repeat(80 * 1024)}\nEND:VCALENDAR`])
      expect(await importReservations(ctx, wish(r.id, text))).toMatchObject({ kind: 'InvalidInput', path });
    const many = calendar(...Array.from({ length: 501 }, (_, n) => event(`${n}`, ...NINE)));
    expect(await importReservations(ctx, wish(r.id, many))).toMatchObject({ kind: 'InvalidInput', path });
    expect(await importReservations(ctx, wish(mia.id, calendar(event('a', ...NINE))))).toMatchObject({
      kind: 'NotFound',
    });
    const bad = calendar(event('x'.repeat(501), ...NINE), event('nul\0', ...NINE));
    expect(await importReservations(ctx, wish(r.id, bad))).toMatchObject({
      problems: [{ line: 3 }, { line: 9 }],
    });
    expect(await imported(r.id, calendar())).toEqual({
      events: [],
      pastCount: 0,
      cancelledCount: 0,
      problems: [],
      act: null,
    });
  });

  it('can be for somebody else, by managers', async () => {
    const r = await room(db);
    const text = calendar(event('a', ...NINE));
    const forMax = wish(r.id, text, { ownerId: max.id });
    expect(await importReservations(ctx, forMax)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
    const forMia = wish(r.id, text, { ownerId: mia.id });
    expect(await importReservations(as(max.viewer), forMia)).toMatchObject({
      events: [{ outcome: 'RESERVED', reservation: { ownerId: mia.id, creatorId: max.id } }],
    });
    expect(outcomes(await imported(r.id, text))).toBe('KNOWN');
  });

  describe('that was a mistake', () => {
    const undone = (report: ImportReport, by = ctx) => undoAct(by, report.act?.id ?? '');

    it('is undone as one for ten minutes, and forgotten', async () => {
      const r = await room(db);
      const text = calendar(event('a', ...NINE), event('b', ...TEN));
      expect(await imported(r.id, text, { dryRun: true })).toMatchObject({ act: null });
      const report = await imported(r.id, text);
      expect(await undone(report)).toMatchObject({
        reservations: [
          { state: 'CANCELLED', version: 2 },
          { state: 'CANCELLED', version: 2 },
        ],
      });
      expect(await windows(r.id)).toEqual([]);
      expect(await undone(report)).toMatchObject({ reservations: [{ version: 2 }, { version: 2 }] });
      const again = await imported(r.id, text);
      expect(outcomes(again)).toBe('RESERVED RESERVED');
      clock.advance(10 * 60_000);
      expect(await undone(again)).toMatchObject({ kind: 'UndoTooLate' });
      expect(await windows(r.id)).toHaveLength(2);
      expect(await imported(r.id, text)).toMatchObject({ act: null });
    });

    it('leaves alone what was there before, and all of it where one was changed since', async () => {
      const r = await room(db);
      await imported(r.id, calendar(event('a', ...NINE)));
      const more = await imported(r.id, calendar(event('a', ...NINE), event('b', ...TEN)));
      const [, second] = more.events;
      await cancelReservation(ctx, {
        id: second?.reservation?.id ?? '',
        expectedVersion: null,
        idempotencyKey: null,
      });
      expect(await undone(more)).toMatchObject({ kind: 'VersionConflict', current: { node: 'Reservation' } });
      const third = await imported(r.id, calendar(event('a', ...NINE), event('c', ...TEN)));
      expect(await undone(third)).toMatchObject({ reservations: [{ title: 'Planning' }] });
      expect(await windows(r.id)).toHaveLength(1);
    });

    it('is undone by whoever imported it, or may change all of it', async () => {
      const r = await room(db);
      const report = await imported(r.id, calendar(event('a', ...NINE)));
      const stranger = await person(db);
      expect(await undone(report, as(stranger.viewer))).toMatchObject({
        reasons: [{ code: 'NOT_PERMITTED' }],
      });
      expect(await undone(report, as(max.viewer))).toMatchObject({ reservations: [{ state: 'CANCELLED' }] });
      const told = await psql<{ action: string }>(
        'select action from audit where subject_id = $1 order by id',
        [report.events[0]?.reservation?.id],
      );
      expect(told.map(({ action }) => action)).toEqual(['reservation.create', 'reservation.cancel']);
    });
  });
});
