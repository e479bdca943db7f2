import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const [member, holder, manager, guest] = [
  await person(db, 'MEMBER', { name: 'Mia' }),
  await person(db),
  await person(db, 'MANAGER'),
  await person(db, 'GUEST'),
];
const at = (time: string) => `2027-03-02T${time}:00Z`;

const SHOWN = `id state title minutes orEquivalent sameAttributes position askedAt lastStartAt offeredAt
  window { startsAt endsAt } user { name } resources { quantity resource { name } }
  reservation { id state expiresAt owner { name } }`;
const JOIN = `mutation ($input: WaitlistJoinInput!) { result: waitlistJoin(input: $input) { __typename
  ... on WaitlistJoinSuccess { wait { ${SHOWN} } }
  ... on ReservationRefused { reasons { code message } } ... on UserError { message path } } }`;
const LEAVE = `mutation ($id: ID!) { result: waitlistLeave(id: $id) { __typename
  ... on WaitlistLeaveSuccess { wait { state } } ... on ReservationRefused { reasons { code } } ... on UserError { path } } }`;
const CANCEL = `mutation ($id: ID!) { result: reservationCancel(id: $id) { ... on ReservationSuccess { reservation { state } } } }`;
const CONFIRM = `mutation ($id: ID!) { result: reservationConfirm(id: $id) { ... on ReservationSuccess { reservation { state } }
  ... on ReservationRefused { reasons { code expiresAt } } } }`;
const MINE = `query ($states: [WaitState!]) { waits(states: $states) { nodes { title state } } }`;
const QUEUE = `query ($id: ID!, $after: String) { waitlist(resourceId: $id, first: 1, after: $after) {
  nodes { minutes window { startsAt } wait { title user { name } } } pageInfo { hasNextPage endCursor } } }`;
const NODE = `query ($id: ID!) { node(id: $id) { id ... on Wait { title } } }`;
const TOLD = `{ notifications { nodes { kind message reservation { id } } } }`;
const RULE = `mutation ($input: RuleSetInput!) { result: ruleSet(input: $input) { ... on RuleSetSuccess { rule { kind summary
  settings { ... on WaitlistSettings { offerMinutes mostOpen priorities { roles priority groups { name } } } } } }
  ... on UserError { message path } } }`;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into as they come
type Answer = any;
const run = async (viewer: Viewer | null, source: string, variables: object = {}): Promise<Answer> =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);
const result = async (viewer: Viewer, source: string, variables: object): Promise<Answer> => {
  const answer = await run(viewer, source, variables);
  if (answer.errors?.length) throw new Error(JSON.stringify(answer.errors));
  return answer.data.result;
};
const input = (resourceId: string, more: object = {}) => ({
  input: {
    title: 'Rehearsal',
    window: { startsAt: at('09:00'), endsAt: at('10:00') },
    resources: [{ resourceId: globalId('Resource', resourceId) }],
    ...more,
  },
});

it('joins, is offered what somebody gives up, is told of it, and takes it', async () => {
  const r = await room(db, { name: 'Stage' });
  const taken = await reserved({ ...ctx, viewer: holder.viewer }, [r.id], at('09:00'), at('10:00'));
  const { wait } = await result(member.viewer, JOIN, input(r.id));
  expect(wait).toEqual({
    id: expect.stringMatching(/^wai_/),
    state: 'WAITING',
    title: 'Rehearsal',
    minutes: 60,
    orEquivalent: false,
    sameAttributes: [],
    position: 1,
    askedAt: '2027-03-01T08:00:00.000Z',
    lastStartAt: '2027-03-02T09:00:00.000Z',
    offeredAt: null,
    window: { startsAt: '2027-03-02T09:00:00.000Z', endsAt: '2027-03-02T10:00:00.000Z' },
    user: { name: 'Mia' },
    resources: [{ quantity: 1, resource: { name: 'Stage' } }],
    reservation: null,
  });
  const two = await result(holder.viewer, JOIN, input(r.id, { title: 'Again' }));
  const id = globalId('Resource', r.id);
  const [first] = (await run(manager.viewer, QUEUE, { id })).data.waitlist.nodes;
  expect(first).toMatchObject({ minutes: 60, wait: { title: 'Rehearsal', user: { name: 'Mia' } } });
  const seen = (await run(holder.viewer, QUEUE, { id })).data.waitlist;
  expect(seen).toMatchObject({ nodes: [{ wait: null }], pageInfo: { hasNextPage: true } });
  const next = { id, after: seen.pageInfo.endCursor };
  expect((await run(holder.viewer, QUEUE, next)).data.waitlist.nodes).toMatchObject([
    { wait: { title: 'Again' } },
  ]);
  expect((await run(guest.viewer, QUEUE, { id })).data.waitlist.nodes).toEqual([]);
  expect((await run(holder.viewer, NODE, { id: wait.id })).data.node).toBeNull();
  expect((await run(member.viewer, NODE, { id: wait.id })).data.node).toMatchObject({ title: 'Rehearsal' });

  await result(holder.viewer, CANCEL, { id: globalId('Reservation', taken.id) });
  expect((await run(member.viewer, MINE)).data.waits.nodes).toEqual([
    { title: 'Rehearsal', state: 'OFFERED' },
  ]);
  const told = (await run(member.viewer, TOLD)).data.notifications.nodes;
  expect(told).toMatchObject([
    {
      kind: 'WAITLIST_OFFERED',
      message: expect.stringMatching(
        /^Offered to you from the waitlist: Rehearsal .* Take it by: .*08:30 \(UTC\)/,
      ),
    },
  ]);
  const offer = told[0].reservation.id;
  expect(await result(member.viewer, CONFIRM, { id: offer })).toEqual({
    reservation: { state: 'CONFIRMED' },
  });
  expect((await run(member.viewer, MINE, { states: ['FULFILLED'] })).data.waits.nodes).toHaveLength(1);
  expect(await result(member.viewer, LEAVE, { id: wait.id })).toMatchObject({
    reasons: [{ code: 'ALREADY_DECIDED' }],
  });
  expect(await result(member.viewer, LEAVE, { id: two.wait.id })).toEqual({
    __typename: 'NotFound',
    path: ['id'],
  });
  expect(await result(holder.viewer, LEAVE, { id: two.wait.id })).toMatchObject({
    wait: { state: 'WITHDRAWN' },
  });
  expect(await result(holder.viewer, LEAVE, { id: two.wait.id })).toMatchObject({
    wait: { state: 'WITHDRAWN' },
  });
});

it('answers with types whatever is wrong', async () => {
  const r = await room(db);
  const join = (more: object, who = member) => result(who.viewer, JOIN, input(r.id, more));
  expect(await join({ resources: [{ resourceId: 'nonsense' }] })).toMatchObject({ __typename: 'NotFound' });
  expect(await join({ minutes: -5 })).toMatchObject({
    __typename: 'InvalidInput',
    path: ['input', 'minutes'],
  });
  expect(await join({ window: { startsAt: at('09:00') } })).toMatchObject({ path: ['input', 'window'] });
  expect(await join({}, guest)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
  expect(await result(member.viewer, LEAVE, { id: 'nonsense' })).toMatchObject({ __typename: 'NotFound' });
  expect((await run(null, MINE)).errors[0].code).toBe('UNAUTHENTICATED');
});

it('reads local times by the clocks of the resource', async () => {
  const r = await room(db, { timeZone: 'Europe/Berlin' });
  const local = { startsAtLocal: { local: '2027-03-02T09:00' }, endsAtLocal: { local: '2027-03-02T10:00' } };
  const { wait } = await result(member.viewer, JOIN, input(r.id, { window: local }));
  expect(wait.window.startsAt).toBe('2027-03-02T08:00:00.000Z');
});

it('sets and tells a rule for waiting', async () => {
  const waitlist = { offerMinutes: 90, priorities: [{ roles: ['MANAGER'], priority: 5 }] };
  const { rule } = await result(manager.viewer, RULE, { input: { waitlist } });
  expect(rule).toEqual({
    kind: 'WAITLIST',
    summary:
      'From the waitlist an offer can be taken for 90 min; one person waits for at most 10 things; by priority (0 for others) managers (5).',
    settings: {
      offerMinutes: 90,
      mostOpen: 10,
      priorities: [{ roles: ['MANAGER'], priority: 5, groups: [] }],
    },
  });
  const wrong = (more: object) =>
    result(manager.viewer, RULE, { input: { waitlist: { ...waitlist, ...more } } });
  expect(await wrong({ offerMinutes: 0 })).toMatchObject({ path: ['input', 'waitlist', 'offerMinutes'] });
  expect(await wrong({ priorities: [{ priority: 1 }] })).toMatchObject({
    path: ['input', 'waitlist', 'priorities', '0'],
  });
  expect(await wrong({ priorities: [{ groupIds: ['nonsense'], priority: 1 }] })).toMatchObject({
    path: ['input', 'waitlist', 'priorities'],
  });
});
