import { Webhook } from 'standardwebhooks';
import { createIdentity } from '../../../src/domain/auth/identity.js';
import { KeySeal } from '../../../src/domain/auth/key-seal.js';
import { globalId } from '../../../src/domain/ids.js';
import {
  pauseWebhook,
  resumeWebhook,
  rotateWebhookSecret,
} from '../../../src/domain/webhooks/change-webhook.js';
import { replayDelivery, testWebhook } from '../../../src/domain/webhooks/replay-delivery.js';
import { WAITS_MS } from '../../../src/domain/webhooks/waits.js';
import { deliveryPage } from '../../../src/sql/webhooks/read-deliveries.js';
import { webhooksByIds } from '../../../src/sql/webhooks/read-webhooks.js';
import { reserved } from '../../kit/closures.js';
import { testCtx } from '../../kit/ctx.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { SECRET } from '../../kit/program.js';
import { type Answer, isSignedBy, receiver } from '../../kit/receiver.js';
import { room } from '../../kit/things.js';
import { deliverDue, deliveryParts, webhook } from '../../kit/webhooks.js';

const { db, psql } = await useDatabase();
const { viewer } = await person(db, 'MANAGER');
const ctx = testCtx(db, viewer);
const parts = deliveryParts(ctx);
const hooks = await receiver();
const HOUR = 3_600_000;

beforeEach(() => {
  hooks.heard.splice(0);
  hooks.answer = () => 204;
});
afterEach(() => psql('delete from webhook'));

const reserve = async () =>
  reserved(ctx, [(await room(db)).id], '2027-06-02T09:00:00Z', '2027-06-02T10:00:00Z');
const history = (webhookId: string) => deliveryPage(db, webhookId, null, null, 100);
const only = async (webhookId: string) => {
  const [row, ...more] = await history(webhookId);
  if (!row || more.length > 0) throw new Error(`${more.length} too many`);
  return row;
};
const stateOf = async (id: string) => (await webhooksByIds(db, [id])).get(id);

it('posts what the reference library verifies, and keeps what became of it', async () => {
  // The library judges the age of a message by the clock of this machine.
  const own = testCtx(db, viewer);
  own.clock.set(new Date().toISOString());
  const { webhook: made, secret } = await webhook(own, hooks.url);
  const delivery = await testWebhook(own, { id: made.id });
  await deliverDue({ ...parts, clock: own.clock });
  const [heard] = hooks.heard;
  expect(new Webhook(secret).verify(heard?.body ?? '', heard?.headers ?? {})).toMatchObject({
    type: 'webhook.test',
  });
  expect(() => new Webhook(secret).verify(`${heard?.body} `, heard?.headers ?? {})).toThrow(
    'No matching signature',
  );
  expect(heard?.headers).toMatchObject({ 'content-type': 'application/json' });
  expect(heard?.id).toBe(globalId('WebhookDelivery', 'id' in delivery ? delivery.id : ''));
  expect(await only(made.id)).toMatchObject({ attempts: 1, nextAt: null, lastStatus: 204, lastError: null });
  expect((await only(made.id)).deliveredAt).not.toBeNull();
});

it('comes again after 5 s, 30 s, 2 min, 10 min, 1 h, 6 h and 24 h under the same id, then gives up and pauses', async () => {
  const { webhook: made, secret } = await webhook(ctx, hooks.url);
  hooks.answer = () => 500;
  await reserve();
  for (const [index, wait] of WAITS_MS.entries()) {
    await deliverDue(parts);
    ctx.clock.advance(wait - 1);
    await deliverDue(parts);
    expect(hooks.heard).toHaveLength(index + 1);
    expect(await only(made.id)).toMatchObject({ attempts: index + 1, lastError: 'answered 500' });
    ctx.clock.advance(1);
  }
  expect(await stateOf(made.id)).toMatchObject({ failures: 7, pausedAt: null, version: 1 });
  await deliverDue(parts);
  expect(hooks.heard).toHaveLength(8);
  expect(new Set(hooks.heard.map(({ id }) => id)).size).toBe(1);
  expect(new Set(hooks.heard.map(({ body }) => body)).size).toBe(1);
  expect(new Set(hooks.heard.map(({ sentAt }) => sentAt.getTime())).size).toBe(8);
  expect(hooks.heard.every((heard) => isSignedBy(secret, heard))).toBe(true);
  expect(await only(made.id)).toMatchObject({
    attempts: 8,
    nextAt: null,
    deliveredAt: null,
    lastStatus: 500,
  });
  const reason = 'Given up after 8 attempts: answered 500';
  expect(await stateOf(made.id)).toMatchObject({ failures: 8, pauseReason: reason, version: 2 });
  expect(
    await psql(`select actor_id, after from audit where action = 'webhook.pause' and subject_id = $1`, [
      made.id,
    ]),
  ).toEqual([{ actor_id: null, after: { reason } }]);
});

it('is replayed under the same id with all its attempts before it, once the webhook is resumed', async () => {
  const { webhook: made } = await webhook(ctx, hooks.url);
  hooks.answer = () => 410;
  await reserve();
  await deliverDue(parts);
  expect(await stateOf(made.id)).toMatchObject({
    pauseReason: 'The receiver answered 410: it wants no more.',
  });
  const failed = await only(made.id);
  hooks.answer = () => 200;
  expect(await replayDelivery(ctx, { id: failed.id })).toMatchObject({ attempts: 0, deliveredAt: null });
  await deliverDue(parts);
  expect(hooks.heard).toHaveLength(1);
  expect(await resumeWebhook(ctx, { id: made.id })).toMatchObject({ pausedAt: null, failures: 0 });
  await deliverDue(parts);
  expect(hooks.heard.map(({ id }) => id)).toEqual(Array(2).fill(globalId('WebhookDelivery', failed.id)));
  expect(await only(made.id)).toMatchObject({ attempts: 1, lastStatus: 200, nextAt: null });
  await replayDelivery(ctx, { id: failed.id });
  await deliverDue(parts);
  expect(hooks.heard).toHaveLength(3);
});

it('is paused by hand, audited, and told nothing until it is resumed', async () => {
  const { webhook: made } = await webhook(ctx, hooks.url);
  await reserve();
  const paused = await pauseWebhook(ctx, { id: made.id, expectedVersion: 1 });
  expect(paused).toMatchObject({ pauseReason: 'Paused by hand.', version: 2 });
  expect(await pauseWebhook(ctx, { id: made.id })).toEqual(paused);
  await reserve();
  await deliverDue(parts);
  expect(hooks.heard).toEqual([]);
  await resumeWebhook(ctx, { id: made.id });
  await deliverDue(parts);
  expect(hooks.heard).toHaveLength(1);
  expect(
    await psql('select action, actor_id from audit where subject_id = $1 order by id', [made.id]),
  ).toMatchObject([
    { action: 'webhook.create' },
    { action: 'webhook.pause', actor_id: viewer.userId },
    { action: 'webhook.resume', actor_id: viewer.userId },
  ]);
});

it('sends what has waited at once when it is resumed, however long the next wait would have been', async () => {
  const { webhook: made } = await webhook(ctx, hooks.url);
  hooks.answer = () => 500;
  await reserve();
  for (const wait of WAITS_MS.slice(0, 5)) {
    await deliverDue(parts);
    ctx.clock.advance(wait);
  }
  await deliverDue(parts);
  expect(hooks.heard).toHaveLength(6);
  await pauseWebhook(ctx, { id: made.id });
  hooks.answer = () => 200;
  await resumeWebhook(ctx, { id: made.id });
  await deliverDue(parts);
  expect(hooks.heard).toHaveLength(7);
  expect(await only(made.id)).toMatchObject({ attempts: 7, lastStatus: 200 });
});

describe('the wait before the next attempt', () => {
  const waited = async (answer: Answer, random = 0) => {
    const { webhook: made } = await webhook(ctx, hooks.url);
    hooks.answer = answer;
    await reserve();
    await deliverDue({ ...parts, random: () => random });
    const { nextAt } = await only(made.id);
    return Date.parse(nextAt ?? '') - ctx.clock.now().getTime();
  };
  const asking = (text: string, status = 503) => waited(() => ({ status, retryAfter: text }));

  it('is up to a fifth longer, so that all that failed at once does not come again at once', async () => {
    expect(await waited(() => 500, 0.5)).toBe(5_500);
  });

  it('is as long as the receiver asks for, in seconds or until an instant, and never shorter than without', async () => {
    expect(await asking('90')).toBe(90_000);
    expect(await asking(new Date(ctx.clock.now().getTime() + 600_000).toUTCString(), 429)).toBe(600_000);
    expect(await asking('1')).toBe(5_000);
    expect(await asking(new Date(ctx.clock.now().getTime() - 600_000).toUTCString())).toBe(5_000);
  });

  it('is no longer than a day, and what is no wait changes nothing', async () => {
    expect(await asking('99999999999999999999')).toBe(24 * HOUR);
    expect(await asking('Fri, 31 Dec 9999 23:59:59 GMT')).toBe(24 * HOUR);
    for (const text of ['', '-5', '1.5', 'soon', '9'.repeat(5_000), '2027-12-31', '0x10'])
      expect(await asking(text)).toBe(text.startsWith('9') ? 24 * HOUR : 5_000);
  });
});

it('does not pause for one event that its receiver cannot digest', async () => {
  const { webhook: made } = await webhook(ctx, hooks.url);
  const poison = await reserve();
  hooks.answer = ({ message }) =>
    message.data.reservation.id === globalId('Reservation', poison.id) ? 400 : 200;
  for (const wait of [...WAITS_MS, 0]) {
    await deliverDue(parts);
    await reserve();
    await deliverDue(parts);
    ctx.clock.advance(wait);
  }
  const [given] = await deliveryPage(db, made.id, null, 'FAILED', 10);
  expect(given).toMatchObject({ attempts: 8, lastStatus: 400 });
  expect(await deliveryPage(db, made.id, null, 'DELIVERED', 10)).toHaveLength(8);
  expect(await stateOf(made.id)).toMatchObject({ pausedAt: null });
});

it('signs with the old secret along with the new one for 24 hours', async () => {
  const { webhook: made, secret: old } = await webhook(ctx, hooks.url);
  const identity = await createIdentity({ ...ctx, secret: SECRET, issuer: 'kit', audience: 'kit' });
  const rotated = await rotateWebhookSecret({ ...ctx, identity }, { id: made.id });
  await identity.close();
  if ('kind' in rotated) throw new Error(rotated.message);
  const signers = async () => {
    await testWebhook(ctx, { id: made.id });
    await deliverDue(parts);
    const heard = hooks.heard.at(-1) as (typeof hooks.heard)[number];
    return [isSignedBy(rotated.secret, heard), isSignedBy(old, heard), heard.signatures.length];
  };
  expect(await signers()).toEqual([true, true, 2]);
  ctx.clock.advance(24 * HOUR - 1);
  expect(await signers()).toEqual([true, true, 2]);
  ctx.clock.advance(1);
  expect(await signers()).toEqual([true, false, 1]);
});

it('says so where the secret was sealed with another key, and sends nothing', async () => {
  const { webhook: made } = await webhook(ctx, hooks.url);
  await reserve();
  await deliverDue({ ...parts, seal: new KeySeal('another secret of at least 32 characters') });
  expect((await only(made.id)).lastError).toMatch(/another HOLDFAST_SECRET/);
  expect(hooks.heard).toEqual([]);
  const [row] = await psql<{ text: string }>(`select encode(secret_sealed, 'escape') as text from webhook`);
  expect(row?.text).not.toContain('whsec_');
});

it('follows no redirect, and leads nowhere but to public addresses', async () => {
  hooks.answer = () => 302;
  const { webhook: open } = await webhook(ctx, hooks.url);
  await reserve();
  await deliverDue(parts);
  expect(await only(open.id)).toMatchObject({
    lastStatus: 302,
    lastError: 'answered 302, and redirects are not followed',
  });
  expect(hooks.heard).toHaveLength(1);
  await replayDelivery(ctx, { id: (await only(open.id)).id });
  await deliverDue(deliveryParts(ctx, { careful: true }));
  expect(await only(open.id)).toMatchObject({
    lastStatus: null,
    lastError: '127.0.0.1 is no public address',
  });
  expect(hooks.heard).toHaveLength(1);
});

it('tests a paused webhook once, whatever comes of it', async () => {
  const { webhook: made } = await webhook(ctx, hooks.url);
  await psql(`update webhook set paused_at = now(), pause_reason = 'Asleep' where id = $1`, [made.id]);
  hooks.answer = () => 503;
  await testWebhook(ctx, { id: made.id });
  await deliverDue(parts);
  expect(hooks.heard.map(({ message }) => [message.type, message.data])).toEqual([['webhook.test', {}]]);
  expect(await only(made.id)).toMatchObject({ attempts: 1, nextAt: null, deliveredAt: null });
  expect(await stateOf(made.id)).toMatchObject({ failures: 0, pauseReason: 'Asleep' });
});
