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
const member = await person(db);
const other = await person(db);
const guest = await person(db, 'GUEST');
const manager = await person(db, 'MANAGER');
const run = (viewer: Viewer | null, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);
const at = (time: string) => `2027-03-02T${time}:00Z`;
const reserve = (resourceId: string, from: string, to: string, as = member) =>
  reserved({ ...ctx, viewer: as.viewer }, [resourceId], at(from), at(to));
const rid = ({ id }: { id: string }) => globalId('Reservation', id);

const ACT = 'undoableAct { id doneAt undoneAt undoableUntilAt }';
const CANCEL = `mutation ($id: ID!, $input: ReservationActInput) { result: reservationCancel(id: $id, input: $input) {
  ... on ReservationSuccess { reservation { state ${ACT} } } } }`;
const MOVE = `mutation ($input: ReservationsMoveInput!) { result: reservationsMove(input: $input) {
  ... on ReservationsMoveSuccess { reservations { id ${ACT} } } } }`;
const UNDO = `mutation ($id: ID!) { result: reservationUndo(id: $id) { __typename
  ... on ReservationUndoSuccess { reservations { id state version window { startsAt } undoableAct { id } } }
  ... on ReservationRefused { reasons { code message resource { name } conflicts { window { startsAt } reservation { title } } } }
  ... on UndoTooLate { undoableUntilAt } ... on VersionConflict { current { id } } ... on UserError { message path } } }`;
const SHOWN = `query ($id: ID!) { reservation(id: $id) { state ${ACT} } }`;
const LISTED = `query ($ids: [ID!]) { reservations(filter: { resourceIds: $ids }) { nodes { undoableAct { id } } } }`;
const NODE = 'query ($id: ID!) { node(id: $id) { id ... on Act { doneAt undoneAt undoableUntilAt } } }';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into as they come
type Answer = any;
const result = async (viewer: Viewer | null, source: string, variables: object): Promise<Answer> =>
  ((await run(viewer, source, variables)) as Answer).data.result;

it('names what can be undone in the answer of the act, and on the reservation as long as that is so', async () => {
  const r = await room(db, { name: 'Lab' });
  const made = await reserve(r.id, '09:00', '10:00');
  const id = rid(made);
  const cancelled = await result(member.viewer, CANCEL, { id });
  const act = cancelled.reservation.undoableAct;
  expect(cancelled).toEqual({
    reservation: {
      state: 'CANCELLED',
      undoableAct: {
        id: expect.stringMatching(/^act_/),
        doneAt: '2027-03-01T08:00:00.000Z',
        undoneAt: null,
        undoableUntilAt: '2027-03-01T08:10:00.000Z',
      },
    },
  });
  expect(await run(member.viewer, SHOWN, { id })).toMatchObject({
    data: { reservation: { undoableAct: act } },
  });
  expect(await run(member.viewer, LISTED, { ids: [globalId('Resource', r.id)] })).toMatchObject({
    data: { reservations: { nodes: [{ undoableAct: { id: act.id } }] } },
  });
  expect(await run(other.viewer, SHOWN, { id })).toMatchObject({
    data: { reservation: { undoableAct: null } },
  });
  expect(await run(other.viewer, NODE, { id: act.id })).toMatchObject({ data: { node: { undoneAt: null } } });
  expect(await run(guest.viewer, NODE, { id: act.id })).toMatchObject({ data: { node: null } });
  expect(await result(member.viewer, UNDO, { id: act.id })).toEqual({
    __typename: 'ReservationUndoSuccess',
    reservations: [
      {
        id,
        state: 'CONFIRMED',
        version: 3,
        window: { startsAt: '2027-03-02T09:00:00.000Z' },
        undoableAct: null,
      },
    ],
  });
  expect(await run(member.viewer, SHOWN, { id })).toMatchObject({
    data: { reservation: { state: 'CONFIRMED', undoableAct: null } },
  });
  expect(await run(member.viewer, NODE, { id: act.id })).toMatchObject({
    data: {
      node: {
        id: act.id,
        doneAt: '2027-03-01T08:00:00.000Z',
        undoneAt: '2027-03-01T08:00:00.000Z',
        undoableUntilAt: '2027-03-01T08:10:00.000Z',
      },
    },
  });
});

it('names one act for all of a batch, and uncovers the one before it', async () => {
  const r = await room(db);
  const [one, two] = [await reserve(r.id, '09:00', '10:00'), await reserve(r.id, '10:00', '11:00')];
  const swap = {
    moves: [
      { id: rid(one), window: { startsAt: at('10:00'), endsAt: at('11:00') } },
      { id: rid(two), window: { startsAt: at('09:00'), endsAt: at('10:00') } },
    ],
  };
  const { reservations } = await result(member.viewer, MOVE, { input: swap });
  const [first, second] = reservations.map((each: Answer) => each.undoableAct.id);
  expect(first).toBe(second);
  const { reservation } = await result(member.viewer, CANCEL, { id: rid(one) });
  expect(await result(member.viewer, UNDO, { id: first })).toMatchObject({
    __typename: 'VersionConflict',
    current: { id: rid(one) },
  });
  expect(await result(member.viewer, UNDO, { id: reservation.undoableAct.id })).toMatchObject({
    reservations: [{ id: rid(one), undoableAct: { id: first } }],
  });
  expect(await result(member.viewer, UNDO, { id: first })).toMatchObject({
    reservations: [
      { id: rid(one), window: { startsAt: '2027-03-02T09:00:00.000Z' } },
      { id: rid(two), window: { startsAt: '2027-03-02T10:00:00.000Z' } },
    ],
  });
});

it('says why not: whose the place is by now as far as that may be seen, or when it was too late', async () => {
  const r = await room(db, { name: 'Attic' });
  const forGuest = { ownerId: guest.id };
  const made = await reserved({ ...ctx, viewer: manager.viewer }, [r.id], at('09:00'), at('10:00'), forGuest);
  const { reservation } = await result(guest.viewer, CANCEL, { id: rid(made) });
  const { id } = reservation.undoableAct;
  await reserve(r.id, '09:30', '10:30');
  expect(await result(guest.viewer, UNDO, { id })).toEqual({
    __typename: 'ReservationRefused',
    reasons: [
      {
        code: 'SLOT_TAKEN',
        message: 'Attic is reserved otherwise by now.',
        resource: { name: 'Attic' },
        conflicts: [{ window: { startsAt: '2027-03-02T09:30:00.000Z' }, reservation: null }],
      },
    ],
    message: 'Attic is reserved otherwise by now.',
    path: [],
  });
  expect(await run(null, UNDO, { id })).toMatchObject({
    errors: [{ code: 'UNAUTHENTICATED' }],
  });
  const late = await reserve(r.id, '13:00', '14:00');
  const { reservation: gone } = await result(member.viewer, CANCEL, { id: rid(late) });
  ctx.clock.advance(600_000);
  expect(await result(member.viewer, UNDO, { id: gone.undoableAct.id })).toMatchObject({
    __typename: 'UndoTooLate',
    undoableUntilAt: '2027-03-01T08:10:00.000Z',
    path: ['id'],
  });
  expect(await run(member.viewer, SHOWN, { id: rid(late) })).toMatchObject({
    data: { reservation: { undoableAct: null } },
  });
});
