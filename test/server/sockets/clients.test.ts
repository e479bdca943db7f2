import { revokeSecret, updateClient } from '../../../src/domain/clients/change-client.js';
import { globalId } from '../../../src/domain/ids.js';
import { systemClock } from '../../../src/infra/clock/system.js';
import { apiClient, type MadeClient, tokenOf } from '../../kit/clients.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { testServer } from '../../kit/server.js';
import { room } from '../../kit/things.js';
import { RawSocket } from './raw-socket.js';

const { db, psql } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = { ...testCtx(db, viewer), viewer, clock: systemClock };
// Two instances that hear no wake-ups of each other: what is left is the look every two seconds.
const [here, there] = [
  await testServer(db, { clock: systemClock, pollMs: 2_000 }),
  await testServer(db, { clock: systemClock, pollMs: 2_000 }),
];
const { id: roomId } = await room(db);
const WATCH = `subscription ($ids: [ID!]!) { availability(resources: $ids, window: {
  startsAt: "2032-01-01T00:00:00Z", endsAt: "2032-01-02T00:00:00Z" }) { __typename } }`;
const PROMISED_MS = 5_000;

async function watching(made: MadeClient): Promise<RawSocket> {
  const socket = await RawSocket.signedIn(there.wsUrl, await tokenOf(here, made));
  socket.subscribe('1', WATCH, { ids: [globalId('Resource', roomId)] });
  await socket.next('next');
  return socket;
}

async function closedWithin(socket: RawSocket): Promise<number> {
  const begun = performance.now();
  const { code } = await socket.close();
  expect(performance.now() - begun).toBeLessThan(PROMISED_MS);
  return code;
}

it('watches with the scope to read, and not without', async () => {
  const made = await apiClient(ctx, { scopes: ['reserve'] });
  const socket = await RawSocket.signedIn(there.wsUrl, await tokenOf(here, made));
  socket.subscribe('1', WATCH, { ids: [globalId('Resource', roomId)] });
  const { payload } = await socket.next('next');
  expect(payload.errors[0].extensions.code).toBe('FORBIDDEN');
  socket.end();
});

it('is closed on another instance within 5 s when its secret is revoked', async () => {
  const made = await apiClient(ctx);
  const [socket, others] = [await watching(made), await watching(await apiClient(ctx))];
  const [secret] = await psql<{ id: string }>('select id from api_secret where client_id = $1', [
    made.client.id,
  ]);
  await revokeSecret(ctx, { id: secret?.id ?? '' });
  expect(await closedWithin(socket)).toBe(4403);
  expect(others.closed).toBeNull();
  others.end();
});

it('is closed on another instance within 5 s when its client may less, or is suspended', async () => {
  for (const change of [{ scopes: ['read'] }, { isActive: false }]) {
    const made = await apiClient(ctx);
    const socket = await watching(made);
    await updateClient(ctx, { id: made.client.id, ...change });
    expect(await closedWithin(socket)).toBe(4403);
  }
});

it('is closed when its client expires', async () => {
  const made = await apiClient(ctx, { expiresAt: new Date(Date.now() + 2_000).toISOString() });
  const socket = await watching(made);
  expect(await closedWithin(socket)).toBe(4403);
});
