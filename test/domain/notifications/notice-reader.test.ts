import { Client } from 'pg';
import { NoticeReader } from '../../../src/domain/notifications/notice-reader.js';
import { cancelReservation } from '../../../src/domain/reservations/cancel-reservation.js';
import { noticeStream } from '../../../src/graphql/notifications/notice-stream.js';
import type { NotificationRow } from '../../../src/sql/notifications/read-notifications.js';
import { reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { eventually } from '../../kit/eventually.js';
import { person } from '../../kit/people.js';
import { room } from '../../kit/things.js';

const { db, psql, url } = await useDatabase();
const boss = testCtx(db, (await person(db, 'MANAGER')).viewer);
const reader = new NoticeReader({ ...boss, catchUpMs: 100 });
await reader.start();
afterAll(() => reader.stop());

const r = await room(db);
let hour = 0;
/** Somebody else reserves for the person. */
const tell = (to: { id: string }, on = boss) => {
  const at = (plus: number) => new Date(Date.UTC(2027, 2, 2) + (hour + plus) * 3_600_000).toISOString();
  const made = reserved(on, [r.id], at(0), at(1), { ownerId: to.id });
  hour++;
  return made;
};
const kinds = (rows: readonly NotificationRow[]) => rows.map(({ kind }) => kind);

it('tells each person’s notifications from then on, once to each who listens, and nobody else’s', async () => {
  const [one, other] = [await person(db), await person(db)];
  await tell(one);
  const heard: NotificationRow[][] = [[], [], []];
  const listen = (index: number, to: { id: string }) =>
    reader.watch(to.id, (row) => void heard[index]?.push(row));
  const stops = await Promise.all([listen(0, one), listen(1, one), listen(2, other)]);
  const made = await tell(one);
  await tell(other);
  await cancelReservation(boss, { id: made.id, expectedVersion: null, idempotencyKey: null });
  await eventually(() => {
    expect(heard.map(kinds)).toEqual([
      expect.arrayContaining(['RESERVED_FOR_YOU', 'CANCELLED']),
      expect.arrayContaining(['RESERVED_FOR_YOU', 'CANCELLED']),
      ['RESERVED_FOR_YOU'],
    ]);
  });
  for (const stop of stops) stop();
  await tell(one);
  await new Promise<void>((resolve) => void reader.watch(one.id, () => resolve()).then(() => tell(one)));
  expect(heard.map(({ length }) => length)).toEqual([2, 2, 1]);
});

it('tells who listens already what comes while somebody else begins to', async () => {
  const to = await person(db);
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let reads = 0;
  // The first reading is the first one's, the second the other's; those that tell come behind.
  const query: typeof db.query = async (...asked) => {
    const turn = ++reads;
    if (turn > 1) await gates[turn === 2 ? 0 : 1]?.promise;
    return db.query(...asked);
  };
  const late = new NoticeReader({ ...boss, db: { query }, catchUpMs: 50 });
  await late.start();
  const heard: string[] = [];
  const first = late.watch(to.id, ({ kind }) => void heard.push(kind));
  const second = late.watch(to.id, () => undefined);
  await first;
  await tell(to);
  gates[0]?.resolve();
  await second;
  gates[1]?.resolve();
  await eventually(() => expect(heard).toEqual(['RESERVED_FOR_YOU']));
  await late.stop();
});

it('misses nothing that is committed late, behind what came after it, and needs no wake-up', async () => {
  const to = await person(db);
  const heard: string[] = [];
  await reader.watch(to.id, ({ id }) => void heard.push(id));
  const slow = new Client({ connectionString: url });
  await slow.connect();
  const insert = `insert into notification (id, user_id, kind, message, created_at)
    values (uuid_at($1), $2, 'MOVED', 'Moved', $1) returning id`;
  await slow.query('begin');
  const late = (await slow.query(insert, [boss.clock.fixed(), to.id])).rows[0]?.id;
  boss.clock.advance(30_000);
  const [early] = await psql<{ id: string }>(insert, [boss.clock.fixed(), to.id]);
  await eventually(() => expect(heard).toEqual([early?.id]));
  await slow.query('commit');
  await slow.end();
  await eventually(() => expect(heard).toEqual([early?.id, late]));
});

it('lets a client go that does not take what it is told', async () => {
  const to = await person(db);
  const stream = await noticeStream(reader, to.id);
  const first = stream.next();
  await psql(
    `insert into notification (id, user_id, kind, message, created_at)
     select uuid_at($1), $2, 'MOVED', 'Moved ' || i, $1 from generate_series(1, 150) i`,
    [boss.clock.fixed(), to.id],
  );
  expect(await first).toMatchObject({ done: false });
  await eventually(async () => expect(await stream.next()).toEqual({ done: true, value: undefined }));
});

it('ends a stream that waits', async () => {
  const stream = await noticeStream(reader, (await person(db)).id);
  const waiting = stream.next();
  await stream.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});
