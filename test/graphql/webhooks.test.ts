import type { Viewer } from '../../src/domain/act.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { receiver } from '../kit/receiver.js';
import { room } from '../kit/things.js';
import { deliverDue, deliveryParts } from '../kit/webhooks.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx } = await instance(db);
const manager = await person(db, 'MANAGER', { name: 'Max' });
const member = await person(db, 'MEMBER', { name: 'Mia' });
const hooks = await receiver();
const parts = { ...deliveryParts(ctx), seal: ctx.identity.seal };
const run = (source: string, variables: object = {}, viewer: Viewer | null = manager.viewer) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const FAILURE = `... on UserError { message path } ... on VersionConflict { currentVersion current { id } }`;
const WEBHOOK = `id name url events resource { name } resourceType { name } place { name } creator { name }
  pausedAt pauseReason failures oldSecretExpiresAt version`;
const CREATE = `mutation ($input: WebhookCreateInput!) { result: webhookCreate(input: $input) { __typename
  ... on WebhookSecretSuccess { secret webhook { ${WEBHOOK} } } ... on UserError { message path } } }`;
const UPDATE = `mutation ($id: ID!, $input: WebhookUpdateInput!) { result: webhookUpdate(id: $id, input: $input) { __typename
  ... on WebhookSuccess { webhook { ${WEBHOOK} } } ${FAILURE} } }`;
const act = (name: string, success: string) =>
  `mutation ($id: ID!) { result: ${name}(id: $id) { __typename ${success} ... on UserError { message path } } }`;
const DELIVERY = `... on WebhookDeliverySuccess { delivery { id status attempts } }`;
const HISTORY = `query ($id: ID!, $status: WebhookDeliveryStatus, $after: String) { webhook(id: $id) {
  deliveries(first: 1, status: $status, after: $after) { pageInfo { hasNextPage endCursor } nodes {
    id eventType status attempts nextAttemptAt lastAttemptAt deliveredAt lastStatus lastError response payload webhook { name } } } } }`;

let count = 0;
async function make(more: object = {}) {
  const input = { name: `Hook ${++count}`, url: hooks.url, ...more };
  return (await run(CREATE, { input })).data.result;
}
const audits = (action: string) =>
  psql<{ after: object }>('select after from audit where action = $1', [action]);

beforeEach(() => {
  hooks.heard.splice(0);
  hooks.answer = () => 204;
});

describe('a webhook', () => {
  it('is added with its secret shown once, changed, and removed with its history', async () => {
    const attic = await room(db, { name: 'Attic' });
    const scope = { resourceId: globalId('Resource', attic.id) };
    const events = ['RESERVATION_MOVED', 'RESERVATION_CREATED', 'RESERVATION_MOVED'];
    const { secret, webhook } = await make({ name: ' Doors ', events, scope });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook).toMatchObject({
      id: expect.stringMatching(/^whk_[0-9a-f]{32}$/),
      name: 'Doors',
      events: ['RESERVATION_CREATED', 'RESERVATION_MOVED'],
      resource: { name: 'Attic' },
      creator: { name: 'Max' },
      pausedAt: null,
      version: 1,
    });
    const { id } = webhook;
    const wider = { id, input: { scope: {}, events: [], expectedVersion: 1 } };
    expect((await run(UPDATE, wider)).data.result.webhook).toMatchObject({
      name: 'Doors',
      url: hooks.url,
      events: [],
      resource: null,
      version: 2,
    });
    expect((await run(UPDATE, wider)).data.result).toMatchObject({
      __typename: 'VersionConflict',
      currentVersion: 2,
      current: { id },
    });
    await run(act('webhookTest', DELIVERY), { id });
    await run(act('webhookRemove', ''), { id });
    expect((await run(`query ($id: ID!) { webhook(id: $id) { name } }`, { id })).data.webhook).toBeNull();
    expect(await psql('select from webhook_delivery')).toEqual([]);
    for (const action of ['create', 'update', 'remove'])
      expect(await audits(`webhook.${action}`)).toHaveLength(1);
    expect(JSON.stringify(await psql('select * from audit'))).not.toContain('whsec_');
  });

  it.each([
    ['a scheme that is not HTTP', { url: 'ftp://example.org/' }, ['input', 'url']],
    ['an address with a password', { url: 'https://user:word@example.org/' }, ['input', 'url']],
    ['an address that is none', { url: 'example.org/hooks' }, ['input', 'url']],
    ['no name', { name: '  ' }, ['input', 'name']],
    [
      'a resource that is not there',
      { scope: { resourceId: globalId('Resource', newId()) } },
      ['input', 'scope'],
    ],
    [
      'two scopes at once',
      { scope: { resourceId: globalId('Resource', newId()), placeId: globalId('Place', newId()) } },
      ['input', 'scope'],
    ],
  ])('is refused with %s', async (_what, input, path) => {
    const before = await psql('select from webhook');
    expect(await make(input)).toMatchObject({ path });
    expect(await psql('select from webhook')).toHaveLength(before.length);
  });

  it('has a name of its own', async () => {
    await make({ name: 'Twice' });
    expect(await make({ name: 'Twice' })).toMatchObject({
      __typename: 'InvalidInput',
      path: ['input', 'name'],
    });
    const { id } = (await make()).webhook;
    expect((await run(UPDATE, { id, input: { name: 'Twice' } })).data.result.path).toEqual(['input', 'name']);
  });

  it('gets another secret, and tells until when the old one signs along', async () => {
    const { secret, webhook } = await make();
    const rotate = act(
      'webhookRotateSecret',
      `... on WebhookSecretSuccess { secret webhook { version oldSecretExpiresAt } }`,
    );
    const rotated = (await run(rotate, { id: webhook.id })).data.result;
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.webhook).toEqual({ version: 2, oldSecretExpiresAt: '2027-03-02T08:00:00.000Z' });
    expect(await audits('webhook.rotateSecret')).toEqual([{ after: null }]);
  });

  it('is paused by hand', async () => {
    const { id } = (await make()).webhook;
    const pause = act('webhookPause', '... on WebhookSuccess { webhook { pausedAt pauseReason version } }');
    const paused = { pausedAt: '2027-03-01T08:00:00.000Z', pauseReason: 'Paused by hand.', version: 2 };
    expect((await run(pause, { id })).data.result.webhook).toEqual(paused);
  });

  it('is resumed after a pause', async () => {
    const { id } = (await make()).webhook;
    await psql(
      `update webhook set paused_at = now(), pause_reason = 'Asleep', failures = 9 where name = 'Hook ${count}'`,
    );
    const resume = act(
      'webhookResume',
      `... on WebhookSuccess { webhook { pausedAt pauseReason failures version } }`,
    );
    const live = { pausedAt: null, pauseReason: null, failures: 0, version: 2 };
    for (let again = 0; again < 2; again++) {
      expect((await run(resume, { id })).data.result.webhook).toEqual(live);
    }
    expect(await audits('webhook.resume')).toHaveLength(1);
  });

  it('is for managers and administrators alone, by whatever way one asks', async () => {
    const { id } = (await make()).webhook;
    const { delivery } = (await run(act('webhookTest', DELIVERY), { id })).data.result;
    const asked = [
      '{ webhooks { nodes { url } } }',
      `{ webhook(id: "${id}") { url } }`,
      `mutation { webhookCreate(input: { name: "x", url: "https://example.org" }) { __typename } }`,
      `mutation { webhookUpdate(id: "${id}", input: {}) { __typename } }`,
      ...['webhookRemove', 'webhookRotateSecret', 'webhookTest', 'webhookPause', 'webhookResume'].map(
        (name) => `mutation { ${name}(id: "${id}") { __typename } }`,
      ),
      `mutation { webhookDeliveryReplay(id: "${delivery.id}") { __typename } }`,
    ];
    for (const source of asked) {
      expect((await run(source, {}, member.viewer)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
    const nodes = `{ nodes(ids: ["${id}", "${delivery.id}"]) { __typename id } }`;
    expect((await run(nodes)).data.nodes).toEqual([
      { __typename: 'Webhook', id },
      { __typename: 'WebhookDelivery', id: delivery.id },
    ]);
    expect((await run(nodes, {}, member.viewer)).data.nodes).toEqual([null, null]);
  });
});

describe('the history of a webhook', () => {
  it('shows each message, the newest first, and sends one again', async () => {
    const { id, name } = (await make({ events: ['RESERVATION_CREATED'] })).webhook;
    const acting = testCtx(db, manager.viewer, ctx.clock);
    const r = await room(db);
    hooks.answer = () => 500;
    await reserved(acting, [r.id], '2027-03-02T09:00:00Z', '2027-03-02T10:00:00Z');
    await deliverDue(parts);
    ctx.clock.advance(1_000);
    hooks.answer = () => 201;
    await reserved(acting, [r.id], '2027-03-02T10:00:00Z', '2027-03-02T11:00:00Z');
    await deliverDue(parts);
    const page = async (variables: object) =>
      (await run(HISTORY, { id, ...variables })).data.webhook.deliveries;
    const newest = await page({});
    const mine = hooks.heard.findLast(({ id: heard }) => heard === newest.nodes[0].id);
    expect(newest).toMatchObject({
      pageInfo: { hasNextPage: true },
      nodes: [
        {
          eventType: 'reservation.created',
          status: 'DELIVERED',
          attempts: 1,
          nextAttemptAt: null,
          deliveredAt: '2027-03-01T08:00:01.000Z',
          lastStatus: 201,
          lastError: null,
          payload: mine?.body,
          webhook: { name },
        },
      ],
    });
    const waiting = {
      status: 'PENDING',
      nextAttemptAt: '2027-03-01T08:00:05.000Z',
      lastAttemptAt: '2027-03-01T08:00:00.000Z',
      lastStatus: 500,
      lastError: 'answered 500',
      deliveredAt: null,
    };
    expect((await page({ after: newest.pageInfo.endCursor })).nodes).toMatchObject([waiting]);
    expect((await page({ status: 'PENDING' })).nodes).toMatchObject([waiting]);
    expect((await page({ status: 'FAILED' })).nodes).toEqual([]);
    const replay = act('webhookDeliveryReplay', DELIVERY);
    const delivered = newest.nodes[0].id;
    expect((await run(replay, { id: delivered })).data.result.delivery).toEqual({
      id: delivered,
      status: 'PENDING',
      attempts: 0,
    });
    await deliverDue(parts);
    expect(hooks.heard.filter(({ id: heard }) => heard === delivered)).toHaveLength(2);
    expect((await run(replay, { id: globalId('WebhookDelivery', newId()) })).data.result.__typename).toBe(
      'NotFound',
    );
    expect(await audits('webhook.replay')).toHaveLength(1);
  });
});
