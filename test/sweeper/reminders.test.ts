import { setPreferences } from '../../src/domain/notifications/set-preferences.js';
import { readSettings, setSettings } from '../../src/domain/notifications/set-settings.js';
import { moveReservations } from '../../src/domain/reservations/move-reservations.js';
import { remindOf } from '../../src/sql/notifications/remind.js';
import type { ToldEvent } from '../../src/sql/notifications/told-event.js';
import { remind } from '../../src/sweeper/tasks.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { mailsTo, withRelay } from '../kit/mails.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { toldOf } from '../kit/told.js';

const { db, psql } = await useDatabase();
const HOUR = 3_600_000;

/** Somebody at 08:00 on 1 March, with reminders in both ways. */
async function somebody() {
  const owner = await person(db);
  const ctx = testCtx(db, owner.viewer);
  await withRelay(ctx);
  await setPreferences(ctx, [{ kind: 'REMINDER', byMail: true }]);
  /** How often, in the app and by mail alike. */
  const told = async (reservation: { id: string }) => {
    const kinds = (await toldOf(db, reservation)).map(({ kind }) => kind);
    const mails = (await mailsTo(db, owner)).filter(({ kind }) => kind === 'REMINDER');
    const here = mails.filter(({ event }) => (event as ToldEvent).reservations[0].id === reservation.id);
    expect(kinds).toEqual(here.map(() => 'REMINDER'));
    return here.length;
  };
  const r = await room(db);
  const at = (day: number, hour: number) => new Date(Date.UTC(2027, 2, day, hour)).toISOString();
  const reserve = (day: number, hour: number) => reserved(ctx, [r.id], at(day, hour), at(day, hour + 1));
  return { ctx, told, reserve };
}

afterEach(() => psql('delete from reservation'));

it('reminds once for each time that the person has chosen, with three sweepers at it', async () => {
  const { ctx, told, reserve } = await somebody();
  expect(await readSettings(ctx)).toMatchObject({ reminderMinutes: [60] });
  expect(await setSettings(ctx, { reminderMinutes: [15, 1440] })).toMatchObject({
    reminderMinutes: [1440, 15],
  });
  const first = await reserve(3, 10);
  const sweep = async () => {
    const counts = await Promise.all([remind(ctx), remind(ctx), remind(ctx)]);
    return counts.reduce((a, b) => a + b);
  };
  expect(await sweep()).toBe(0);
  ctx.clock.set('2027-03-02T09:59:59Z');
  expect(await sweep()).toBe(0);
  ctx.clock.set('2027-03-02T10:00:00Z');
  expect(await sweep()).toBe(1);
  ctx.clock.set('2027-03-03T09:00:00Z');
  expect(await sweep()).toBe(0);
  ctx.clock.set('2027-03-03T09:45:00Z');
  expect(await sweep()).toBe(1);
  expect(await sweep()).toBe(0);
  expect(await told(first)).toBe(2);
});

it('reminds of nothing that was made, and by no time that was chosen, when less than that was left', async () => {
  const { ctx, told, reserve } = await somebody();
  const soon = await reserve(3, 10);
  const before = await reserve(3, 20);
  ctx.clock.set('2027-03-03T09:00:00Z');
  await setSettings(ctx, { reminderMinutes: [1440, 60] });
  // The hour had counted before it was named.
  expect(await remind(ctx)).toBe(1);
  const after = await reserve(4, 7);
  ctx.clock.advance(HOUR);
  expect(await remind(ctx)).toBe(0);
  ctx.clock.set('2027-03-03T19:00:00Z');
  expect(await remind(ctx)).toBe(1);
  ctx.clock.set('2027-03-04T06:00:00Z');
  expect(await remind(ctx)).toBe(1);
  expect([await told(soon), await told(before), await told(after)]).toEqual([1, 1, 1]);
  expect(await psql('select distinct minutes from reminder')).toEqual([{ minutes: 60 }]);
});

it('reminds anew of what is moved, and once where several times have come at once', async () => {
  const { ctx, told, reserve } = await somebody();
  await setSettings(ctx, { reminderMinutes: [2880, 1440, 10] });
  const made = await reserve(5, 10);
  ctx.clock.set('2027-03-04T12:00:00Z');
  expect(await remind(ctx)).toBe(1);
  expect(await told(made)).toBe(1);
  const [startsAt, endsAt] = [new Date('2027-03-07T10:00:00Z'), new Date('2027-03-07T11:00:00Z')];
  const moves = [{ id: made.id, expectedVersion: null, startsAt, endsAt, resources: null }];
  await moveReservations(ctx, { moves, idempotencyKey: null, dryRun: false });
  expect(await remind(ctx)).toBe(0);
  ctx.clock.set('2027-03-05T10:00:00Z');
  expect(await remind(ctx)).toBe(1);
  ctx.clock.set('2027-03-07T09:50:00Z');
  expect(await remind(ctx)).toBe(1);
  expect(await told(made)).toBe(3);
});

it('reminds where a sweeper dies before the commit', async () => {
  const { ctx, told, reserve } = await somebody();
  const made = await reserve(1, 10);
  ctx.clock.set('2027-03-01T09:30:00Z');
  const dying = db.transaction(async (tx) => {
    expect(await remindOf(tx, ctx.clock.fixed(), 60, 10)).toBe(1);
    // The other waits for what this one holds.
    const other = remind(ctx);
    await eventually(async () => {
      const waiting = `select pg_terminate_backend(b) from pg_stat_activity a, unnest(pg_blocking_pids(a.pid)) b
        where a.datname = current_database()`;
      expect(await psql(waiting)).not.toEqual([]);
    }, 10_000);
    expect(await other).toBe(1);
    throw new Error('dead');
  });
  await expect(dying).rejects.toThrow();
  expect(await told(made)).toBe(1);
});

it('follows whoever goes on with what a sweeper from before has told', async () => {
  const { ctx, told, reserve } = await somebody();
  const made = await reserve(1, 10);
  await psql('insert into reminder (reservation_id, starts_at) values ($1, $2)', [made.id, made.startsAt]);
  ctx.clock.set('2027-03-01T09:30:00Z');
  expect(await remind(ctx)).toBe(0);
  expect(await told(made)).toBe(0);
});

it('refuses times that are no reminders, and keeps what was', async () => {
  const { ctx } = await somebody();
  for (const reminderMinutes of [[], [4], [10_081], [5, 6, 7, 8], [60, 60]])
    expect(await setSettings(ctx, { reminderMinutes })).toMatchObject({
      kind: 'InvalidInput',
      path: ['input', 'reminderMinutes'],
    });
  expect(await psql('select from reminder_lead where user_id = $1', [ctx.viewer.userId])).toEqual([]);
});
