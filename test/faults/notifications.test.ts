import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { globalId } from '../../src/domain/ids.js';
import { call, wish } from '../kit/calls.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { privateRedis } from '../kit/private-redis.js';
import { startApi } from '../kit/program.js';
import { room } from '../kit/things.js';
import { tokensFor } from '../kit/tokens.js';

const database = await useDatabase();
const { db } = database;
const DOCUMENT = 'subscription { notificationAdded { id kind message reservation { id state } } }';

it('tells people live of what is done on another instance, with Redis and without it', async () => {
  const redis = await privateRedis();
  const options = { databaseUrl: database.url, redisUrl: redis.url };
  const [near, far] = await Promise.all([startApi(options), startApi(options)]);
  const [owner, manager] = [await person(db), await person(db, 'MANAGER')];
  const [mine, theirs] = (await tokensFor(db, [owner, manager])) as [string, string];
  const told: { kind: string; message: string; reservation: { id: string; state: string } }[] = [];
  const errors: unknown[] = [];
  const client = createClient({
    url: near.wsUrl,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${mine}` },
  });
  let done = false;
  client.subscribe<{ notificationAdded: (typeof told)[number] }>(
    { query: DOCUMENT },
    {
      next: ({ data }) => void (data && told.push(data.notificationAdded)),
      error: (error) => void errors.push(error),
      complete: () => {
        done = true;
      },
    },
  );
  const r = await room(db);
  const ownerId = globalId('User', owner.id);
  const at = (hour: number) => new Date(Date.UTC(2032, 6, 1, hour)).toISOString();
  const reserve = (hour: number) =>
    call(far, theirs, 'create', wish([r.id], at(hour), at(hour + 1), { ownerId }));
  // The subscription stands when the first word of it has come.
  let hour = 0;
  await eventually(
    async () => {
      await reserve(hour++);
      expect(told.length).toBeGreaterThan(0);
    },
    15_000,
    200,
  );
  await redis.kill();
  const { id } = await reserve(hour++);
  await eventually(() => expect(told.map(({ reservation }) => reservation.id)).toContain(id), 10_000);
  await call(far, theirs, 'cancel', { id });
  await eventually(
    () => expect(told.at(-1)).toMatchObject({ kind: 'CANCELLED', reservation: { id, state: 'CANCELLED' } }),
    10_000,
  );
  expect(told.filter(({ kind }) => kind === 'CANCELLED')).toHaveLength(1);
  expect([errors, done]).toEqual([[], false]);
  await client.dispose();
});
