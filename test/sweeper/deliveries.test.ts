import { Deliveries } from '../../src/sweeper/deliveries.js';
import { pruneOld } from '../../src/sweeper/tasks.js';
import { clockFile } from '../kit/clock-file.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { startSweeper } from '../kit/program.js';
import { type Receiver, receiver } from '../kit/receiver.js';
import { room } from '../kit/things.js';
import { deliverDue, deliveryParts, webhook } from '../kit/webhooks.js';

const { db, psql, url: databaseUrl } = await useDatabase();
const { viewer } = await person(db, 'MANAGER');
const ctx = testCtx(db, viewer);
const LEASE_MS = 60_000;

afterEach(() => psql('delete from webhook'));

/** So many reservations, an hour each, on a room of their own. */
async function reserve(count: number): Promise<void> {
  const r = await room(db);
  const at = (hour: number) => new Date(Date.UTC(2027, 5, 1) + hour * 3_600_000).toISOString();
  for (let hour = 0; hour < count; hour++) await reserved(ctx, [r.id], at(hour), at(hour + 1));
}
const undelivered = async () =>
  (await psql('select from webhook_delivery where delivered_at is null')).length;
const counted = ({ heard }: Receiver) => [heard.length, new Set(heard.map(({ id }) => id)).size];
const until = (holds: () => boolean) =>
  eventually(() => {
    if (!holds()) throw new Error('not yet');
  }, 15_000);

it('delivers each of 60 exactly once with three sweepers at it', async () => {
  const hooks = await receiver();
  await webhook(ctx, hooks.url);
  await reserve(60);
  const sweepers = [0, 1, 2].map(() => deliveryParts(ctx));
  await Promise.all(sweepers.map(deliverDue));
  expect(counted(hooks)).toEqual([60, 60]);
  expect(await undelivered()).toBe(0);
});

it('does not wait for a slow receiver before it goes on with the others', async () => {
  const [slow, quick] = [await receiver(), await receiver()];
  let answer = () => {};
  slow.answer = () => new Promise((resolve) => (answer = () => resolve(200)));
  await webhook(ctx, slow.url);
  await webhook(ctx, quick.url);
  const deliveries = new Deliveries(deliveryParts(ctx));
  await reserve(1);
  await deliveries.round();
  await until(() => slow.heard.length === 1);
  await reserve(1);
  await until(() => quick.heard.length === 1);
  await eventually(async () => {
    await deliveries.round();
    expect(quick.heard).toHaveLength(2);
  });
  slow.answer = () => 200;
  answer();
  await deliveries.idle();
  await deliveries.stop();
  expect(await undelivered()).toBe(0);
});

it('is taken over under the same id when the lease of a dead sweeper has run out', async () => {
  const hooks = await receiver();
  hooks.answer = () => null;
  await webhook(ctx, hooks.url);
  await reserve(1);
  const clock = clockFile(ctx.clock.now().getTime());
  const options = { databaseUrl, clockFile: clock.path, env: { HOLDFAST_WEBHOOK_ALLOW_PRIVATE: 'on' } };
  const doomed = await startSweeper(options);
  await until(() => hooks.heard.length === 1);
  await doomed.kill();
  hooks.answer = () => 200;
  await deliverDue(deliveryParts(ctx));
  expect(hooks.heard).toHaveLength(1);
  clock.set(ctx.clock.now().getTime() + LEASE_MS);
  const heir = await startSweeper(options);
  await eventually(async () => expect(await undelivered()).toBe(0), 15_000);
  expect(await heir.stop()).toBe(0);
  expect(counted(hooks)).toEqual([2, 1]);
  expect(await psql('select attempts, last_status from webhook_delivery')).toEqual([
    { attempts: 1, last_status: 200 },
  ]);
});

it('lets nobody settle what another has taken over', async () => {
  const hooks = await receiver();
  await webhook(ctx, hooks.url);
  await reserve(1);
  let answer = (_status: number) => {};
  hooks.answer = () => new Promise((resolve) => (answer = resolve));
  const asleep = new Deliveries(deliveryParts(ctx));
  await asleep.round();
  await until(() => hooks.heard.length === 1);
  hooks.answer = () => 200;
  ctx.clock.advance(LEASE_MS);
  await deliverDue(deliveryParts(ctx));
  answer(500);
  await asleep.stop();
  expect(await psql('select attempts, last_status, next_at from webhook_delivery')).toEqual([
    { attempts: 1, last_status: 200, next_at: null },
  ]);
});

it('prunes the history, but nothing that is still to be sent', async () => {
  const hooks = await receiver();
  await webhook(ctx, hooks.url);
  await reserve(1);
  await deliverDue(deliveryParts(ctx));
  await reserve(1);
  ctx.clock.advance(7 * 86_400_000 + 1);
  await pruneOld(ctx, 7);
  expect(await psql('select delivered_at from webhook_delivery')).toEqual([{ delivered_at: null }]);
});
