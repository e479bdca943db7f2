import type { Viewer } from '../../src/domain/act.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const [owner, delegate, stranger, admin, guest] = [
  await person(db, 'MEMBER', { name: 'Olga' }),
  await person(db, 'MEMBER', { name: 'Ann' }),
  await person(db, 'MANAGER'),
  await person(db, 'ADMINISTRATOR'),
  await person(db, 'GUEST'),
];
const user = ({ id }: { id: string }) => globalId('User', id);
const at = (time: string) => `2027-03-02T${time}:00Z`;

const SHOWN = 'id addedAt untilAt owner { name } delegate { name }';
const ADD = `mutation ($input: DelegateAddInput!) { result: delegateAdd(input: $input) { __typename
  ... on DelegateSuccess { delegate { ${SHOWN} } } ... on UserError { path message } } }`;
const REMOVE = `mutation ($id: ID!) { result: delegateRemove(id: $id) { __typename ... on UserError { path message } } }`;
const LISTS = `query ($of: ID) { delegates(ownerId: $of) { id } delegators(delegateId: $of) { id } }`;
const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
const CREATE = `mutation ($input: ReservationCreateInput!) { result: reservationCreate(input: $input) {
  ... on ReservationSuccess { reservation { id owner { name } creator { name } } }
  ... on ReservationRefused { reasons { code } } ... on UserError { path } } }`;
const JOIN = `mutation ($input: WaitlistJoinInput!) { result: waitlistJoin(input: $input) {
  ... on WaitlistJoinSuccess { wait { id user { name } } } ... on ReservationRefused { reasons { code } } } }`;
const WAITS = 'query ($of: ID) { waits(ownerId: $of) { nodes { id } } }';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into as they come
const run = async (viewer: Viewer, source: string, variables: object = {}): Promise<any> =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

it('adds a delegate, who reserves and waits in the name of the person, and takes the right back', async () => {
  const r = await room(db);
  const resources = [{ resourceId: globalId('Resource', r.id) }];
  const window = { startsAt: at('09:00'), endsAt: at('10:00') };
  const input = { title: 'For Olga', window, resources, ownerId: user(owner) };
  const reserve = async (viewer: Viewer) => (await run(viewer, CREATE, { input })).data.result;
  expect(await reserve(delegate.viewer)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
  const until = at('00:00');
  const added = await run(owner.viewer, ADD, { input: { delegateId: user(delegate), until } });
  const shown = added.data.result.delegate;
  expect(shown).toEqual({
    id: expect.stringMatching(/^dlg_/),
    addedAt: '2027-03-01T08:00:00.000Z',
    untilAt: '2027-03-02T00:00:00.000Z',
    owner: { name: 'Olga' },
    delegate: { name: 'Ann' },
  });
  const { id } = shown;
  expect((await run(owner.viewer, LISTS)).data).toEqual({ delegates: [{ id }], delegators: [] });
  expect((await run(delegate.viewer, LISTS)).data).toEqual({ delegates: [], delegators: [{ id }] });
  expect((await run(admin.viewer, LISTS, { of: user(owner) })).data.delegates).toEqual([{ id }]);
  for (const one of [owner, delegate])
    expect((await run(stranger.viewer, LISTS, { of: user(one) })).data).toEqual({
      delegates: [],
      delegators: [],
    });
  for (const { viewer } of [owner, delegate, admin])
    expect((await run(viewer, NODE, { id })).data.node).toEqual({ id });
  expect((await run(stranger.viewer, NODE, { id })).data.node).toBeNull();
  expect(await reserve(delegate.viewer)).toMatchObject({
    reservation: { owner: { name: 'Olga' }, creator: { name: 'Ann' } },
  });
  const joined = await run(delegate.viewer, JOIN, { input });
  expect(joined.data.result.wait).toMatchObject({ user: { name: 'Olga' } });
  const waits = [{ id: joined.data.result.wait.id }];
  expect((await run(delegate.viewer, WAITS, { of: user(owner) })).data.waits.nodes).toEqual(waits);
  expect((await run(stranger.viewer, WAITS, { of: user(owner) })).data.waits.nodes).toEqual([]);
  expect((await run(stranger.viewer, REMOVE, { id })).data).toEqual(
    (await run(stranger.viewer, REMOVE, { id: globalId('Delegate', newId()) })).data,
  );
  expect((await run(delegate.viewer, REMOVE, { id })).data.result.__typename).toBe('DelegateSuccess');
  expect((await run(owner.viewer, LISTS)).data.delegates).toEqual([]);
  expect(await reserve(delegate.viewer)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
});

it('shows the addresses of guests to a delegate who has invited to it, and no longer than they act', async () => {
  const r = await room(db);
  const added = await run(owner.viewer, ADD, { input: { delegateId: user(delegate) } });
  const input = {
    title: 'For Olga',
    window: { startsAt: at('13:00'), endsAt: at('14:00') },
    resources: [{ resourceId: globalId('Resource', r.id) }],
    ownerId: user(owner),
  };
  const { id } = (await run(delegate.viewer, CREATE, { input })).data.result.reservation;
  const guests = [{ email: 'gus@example.net', name: 'Gus' }];
  const INVITE = `mutation ($id: ID!, $input: ParticipantsInviteInput!) {
    participantsInvite(id: $id, input: $input) { __typename } }`;
  await run(owner.viewer, INVITE, { id, input: { guests } });
  const SEEN = 'query ($id: ID!) { reservation(id: $id) { participants { email } } }';
  const emailFor = async (viewer: Viewer) =>
    (await run(viewer, SEEN, { id })).data.reservation.participants[0].email;
  expect(await emailFor(delegate.viewer)).toBe('gus@example.net');
  await run(owner.viewer, REMOVE, { id: added.data.result.delegate.id });
  expect(await emailFor(delegate.viewer)).toBe('g…@example.net');
});

it('answers with types whatever is wrong', async () => {
  const add = async (viewer: Viewer, input: object) => (await run(viewer, ADD, { input })).data.result;
  expect(await add(owner.viewer, { delegateId: 'nonsense' })).toMatchObject({
    path: ['input', 'delegateId'],
  });
  expect(await add(owner.viewer, { delegateId: user(guest) })).toMatchObject({ __typename: 'InvalidInput' });
  expect(await add(stranger.viewer, { delegateId: user(delegate), ownerId: 'nonsense' })).toEqual(
    await add(stranger.viewer, { delegateId: user(delegate), ownerId: user(owner) }),
  );
  expect((await run(owner.viewer, REMOVE, { id: 'nonsense' })).data.result.__typename).toBe('NotFound');
});

it('lets a program act for somebody by its scopes alone, and name no delegates', async () => {
  const r = await room(db);
  await run(owner.viewer, ADD, { input: { delegateId: user(delegate) } });
  const program = (...scopes: ('read' | 'reserve')[]) => ({
    ...delegate.viewer,
    client: { scopes, persistedOnly: false, perMinute: 1_000, perDay: null },
  });
  const input = {
    title: 'For Olga',
    window: { startsAt: at('11:00'), endsAt: at('12:00') },
    resources: [{ resourceId: globalId('Resource', r.id) }],
    ownerId: user(owner),
  };
  expect((await run(program('read'), CREATE, { input })).errors[0].code).toBe('FORBIDDEN');
  expect((await run(program('read', 'reserve'), CREATE, { input })).data.result).toHaveProperty(
    'reservation',
  );
  const refused = await run(program('read', 'reserve'), ADD, { input: { delegateId: user(stranger) } });
  expect(refused.errors[0].code).toBe('FORBIDDEN');
});
