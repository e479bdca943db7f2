import { parse } from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { executeOperation } from '../../src/graphql/execution/execute.js';
import type { Database, Statement } from '../../src/sql/statement.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx, as } = await instance(db);
const owner = await person(db, 'MEMBER', { name: 'Olga' });
const ina = await person(db, 'MEMBER', { name: 'Ina' });
const guest = await person(db, 'GUEST', { name: 'Gerd' });
const stranger = await person(db);
const attic = await room(db);
const run = (viewer: Viewer, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const FAILURE = '... on ReservationRefused { reasons { code } } ... on UserError { message path }';
const INVITE = `mutation($id: ID!, $input: ParticipantsInviteInput!) { result: participantsInvite(id: $id, input: $input) {
  __typename ... on ParticipantsSuccess { count warnings reservation { id participants { id name email response user { name } inviter { name } } } }
  ${FAILURE} } }`;
const REMOVE = `mutation($id: ID!, $input: ParticipantsRemoveInput!) { result: participantsRemove(id: $id, input: $input) {
  __typename ... on ParticipantsSuccess { reservation { participants { name } } } ${FAILURE} } }`;
const RESPOND = `mutation($id: ID!, $input: InvitationRespondInput!) { result: invitationRespond(id: $id, input: $input) {
  __typename ... on ReservationSuccess { reservation { viewerResponse } } ${FAILURE} } }`;
const everybody = {
  userIds: [globalId('User', ina.id), globalId('User', guest.id)],
  guests: [{ email: 'gus@example.net', name: 'Gus' }],
};

let hour = 0;
const meeting = async (more: object = {}) => {
  const at = (n: number) => new Date(Date.UTC(2027, 4, 1, n)).toISOString();
  const { id } = await reserved(as(owner.viewer), [attic.id], at(hour), at(++hour), more);
  return globalId('Reservation', id);
};

it('invites, shows, answers and takes out', async () => {
  const id = await meeting({ visibility: 'PRIVATE' });
  const { data } = await run(owner.viewer, INVITE, { id, input: everybody });
  expect(data.result).toMatchObject({ count: 1, warnings: [], reservation: { id } });
  const { participants } = data.result.reservation;
  const shown = { id: expect.stringMatching(/^par_/), response: 'NONE', inviter: { name: 'Olga' } };
  expect(participants).toHaveLength(3);
  expect(participants).toEqual(
    expect.arrayContaining([
      { ...shown, name: 'Ina', email: null, user: { name: 'Ina' } },
      { ...shown, name: 'Gerd', email: null, user: { name: 'Gerd' } },
      { ...shown, name: 'Gus', email: 'gus@example.net', user: null },
    ]),
  );
  const answered = await run(ina.viewer, RESPOND, { id, input: { response: 'TENTATIVE' } });
  expect(answered.data.result.reservation).toEqual({ viewerResponse: 'TENTATIVE' });
  const stranges = await run(stranger.viewer, RESPOND, { id, input: { response: 'TENTATIVE' } });
  expect(stranges.data.result.__typename).toBe('NotFound');
  const list = `{ reservations(filter: { attending: true }) { nodes { id viewerResponse } } }`;
  expect((await run(ina.viewer, list)).data.reservations.nodes).toEqual([
    { id, viewerResponse: 'TENTATIVE' },
  ]);
  expect((await run(stranger.viewer, list)).data.reservations.nodes).toEqual([]);
  const participantIds = participants.map((each: { id: string }) => each.id);
  const removed = await run(owner.viewer, REMOVE, { id, input: { participantIds } });
  expect(removed.data.result.reservation.participants).toEqual([]);
  expect((await run(ina.viewer, list)).data.reservations.nodes).toEqual([]);
});

it('shows the address of a guest to whoever has to do with it, and of people to guests nobody but themselves', async () => {
  const id = await meeting();
  const invited = await run(owner.viewer, INVITE, { id, input: everybody });
  const [par] = invited.data.result.reservation.participants.filter(({ email }: { email: string }) => email);
  const source = `query($id: ID!, $par: ID!) { reservation(id: $id) { participants { name email } }
    node(id: $par) { ... on Participant { email } } }`;
  const shown = async ({ viewer }: { viewer: Viewer }) =>
    (await run(viewer, source, { id, par: par.id })).data;
  const manager = await person(db, 'MANAGER');
  for (const each of [owner, manager]) expect((await shown(each)).node).toEqual({ email: 'gus@example.net' });
  for (const each of [ina, stranger]) {
    const seen = await shown(each);
    expect(seen.node).toEqual({ email: 'g…@example.net' });
    expect(seen.reservation.participants).toHaveLength(3);
    expect(JSON.stringify(seen)).not.toContain('gus@');
  }
  expect(await shown(guest)).toEqual({
    reservation: { participants: [{ name: 'Gerd', email: null }] },
    node: null,
  });
});

it('reads a page of 50 reservations with their participants in four statements', async () => {
  for (let n = 0; n < 50; n++) await run(owner.viewer, INVITE, { id: await meeting(), input: everybody });
  const asked: string[] = [];
  const query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name);
    return db.query(statement, values);
  };
  const counting = {
    ...db,
    query,
    em: () => db.em(),
    transaction: db.transaction,
    unitOfWork: db.unitOfWork,
  };
  const result = await executeOperation({
    schema: buildHoldfastSchema(),
    document: parse(`{ reservations(first: 50, sort: STARTS_AT_DESC) { nodes { title viewerResponse
      participants { id name email response user { name } inviter { name } } } } }`),
    contextValue: { ...ctx, db: counting as Database, viewer: ina.viewer },
  });
  expect(result.errors).toBeUndefined();
  const { nodes } = (result.data as { reservations: { nodes: { participants: object[] }[] } }).reservations;
  expect(nodes.map(({ participants }) => participants.length)).toEqual(Array(50).fill(3));
  expect(asked).toHaveLength(4);
});
