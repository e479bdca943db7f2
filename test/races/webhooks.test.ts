import { Client } from 'pg';
import { globalId } from '../../src/domain/ids.js';
import { removeWebhook } from '../../src/domain/webhooks/change-webhook.js';
import { Deliveries } from '../../src/sweeper/deliveries.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { receiver } from '../kit/receiver.js';
import { room } from '../kit/things.js';
import { deliveryParts, webhook } from '../kit/webhooks.js';

const { db, psql, url } = await useDatabase();
const { viewer } = await person(db, 'MANAGER');
const ctx = testCtx(db, viewer);
const hooks = await receiver();

const at = (hour: number) => new Date(Date.UTC(2027, 5, 1) + hour * 3_600_000).toISOString();
const until = (holds: () => boolean) =>
  eventually(() => {
    if (!holds()) throw new Error('not yet');
  });
const deadlocks = async () =>
  (
    await psql<{ deadlocks: string }>(
      `select deadlocks from pg_stat_database where datname = current_database()`,
    )
  )[0]?.deadlocks;

it('a webhook is removed while its deliveries fail, and neither stands in the way of the other', async () => {
  const r = await room(db);
  const before = await deadlocks();
  for (let round = 0; round < 12; round++) {
    const { webhook: made } = await webhook(ctx, hooks.url);
    for (let nth = 0; nth < 8; nth++) {
      const hour = round * 8 + nth;
      await reserved(ctx, [r.id], at(hour), at(hour + 1));
    }
    let answer = () => {};
    const all = new Promise<number>((resolve) => (answer = () => resolve(500)));
    hooks.heard.splice(0);
    hooks.answer = () => all;
    const deliveries = new Deliveries(deliveryParts(ctx));
    await deliveries.round();
    await until(() => hooks.heard.length === 8);
    answer();
    const [removed] = await Promise.all([removeWebhook(ctx, { id: made.id }), deliveries.stop()]);
    expect(removed).toMatchObject({ node: 'Webhook' });
  }
  expect(await psql('select from webhook_delivery')).toEqual([]);
  expect(await deadlocks()).toBe(before);
});

it('a removal that has much to remove holds up no reservation', async () => {
  const { webhook: made } = await webhook(ctx, hooks.url);
  const r = await room(db);
  await reserved(ctx, [r.id], at(1_000), at(1_001));
  // One row that is held stands for many that take their time.
  const other = new Client({ connectionString: url });
  await other.connect();
  await other.query('begin');
  await other.query('select from webhook_delivery where webhook_id = $1 for update', [made.id]);
  const removal = removeWebhook(ctx, { id: made.id });
  await eventually(async () => {
    const waiting = await psql(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.length === 0) throw new Error('nobody waits');
  });
  const kept = await reserved(ctx, [r.id], at(1_001), at(1_002));
  await other.query('commit');
  await other.end();
  expect(globalId('Reservation', kept.id)).toMatch(/^rsv_/);
  expect(await removal).toMatchObject({ id: made.id });
  expect(await psql('select from webhook')).toEqual([]);
});
