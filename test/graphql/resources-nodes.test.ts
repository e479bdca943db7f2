import type { NodeKind } from '../../src/domain/failure.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { instance } from '../domain/auth/identity-kit.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { place, resourceType, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const member = await person(db);
const guest = await person(db, 'GUEST');
const thing = await room(db);
const reservation = await createReservation(testCtx(db, member.viewer), {
  title: 'Talk',
  details: '',
  window: { startsAt: new Date('2027-03-02T09:00Z'), endsAt: new Date('2027-03-02T10:00Z') },
  resources: [{ resourceId: thing.id, quantity: 1 }],
  holdMs: null,
  ownerId: null,
  idempotencyKey: null,
  dryRun: false,
});
const rows: [NodeKind, { id: string }][] = [
  ['User', member],
  ['Place', await place(db)],
  ['ResourceType', await resourceType(db)],
  ['Resource', thing],
  ['Reservation', reservation as unknown as { id: string }],
];
const ids = rows.map(([kind, { id }]) => globalId(kind, id));

it.each(rows)('finds a %s by its id', async (kind, { id }) => {
  const { data, errors } = await ask(
    ctx,
    member.viewer,
    'query ($id: ID!) { node(id: $id) { id __typename } }',
    {
      id: globalId(kind, id),
    },
  );
  expect(errors).toEqual([]);
  expect(data.node).toEqual({ id: globalId(kind, id), __typename: kind });
});

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';

it('finds several in the order of their ids, with null for what is not there', async () => {
  const wanted = [
    '',
    'res_',
    'nonsense',
    globalId('Place', newId()),
    globalId('Place', thing.id),
    ...ids,
  ].reverse();
  const { data } = await ask(ctx, member.viewer, NODES, { ids: wanted });
  expect(data.nodes.map((node: { id: string } | null) => node?.id ?? null)).toEqual([
    ...[...ids].reverse(),
    null,
    null,
    null,
    null,
    null,
  ]);
});

it('shows a guest no other people and no reservations of others, as if they were not there', async () => {
  const { data } = await ask(ctx, guest.viewer, NODES, { ids });
  expect(data.nodes.map((node: unknown) => node !== null)).toEqual([false, true, true, true, false]);
});

it('takes 200 ids at once and not more', async () => {
  expect((await ask(ctx, member.viewer, NODES, { ids: Array(200).fill('x') })).errors).toEqual([]);
  expect((await ask(ctx, member.viewer, NODES, { ids: Array(201).fill('x') })).errors).toMatchObject([
    { code: 'BAD_USER_INPUT' },
  ]);
});
