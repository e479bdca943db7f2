import type { Viewer } from '../../src/domain/act.js';
import type { NodeKind } from '../../src/domain/failure.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import type { Statement } from '../../src/sql/statement.js';
import { instance } from '../domain/auth/identity-kit.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { rule } from '../kit/rules.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx } = await instance(db);
const manager = await person(db, 'MANAGER', { name: 'Max' });
const mia = await person(db, 'MEMBER', { name: 'Mia' });
const nils = await person(db, 'MEMBER', { name: 'Nils' });
const gone = await person(db, 'MEMBER', { name: 'Gone', active: false });
const gid = (kind: NodeKind, { id }: { id: string }) => globalId(kind, id);
const run = (viewer: Viewer | null, source: string, variables: object = {}, on = ctx) =>
  ask(on, viewer, source, variables as Record<string, unknown>);

const FAILURE = `... on UserError { message path } ... on VersionConflict { currentVersion }`;
const GROUP = `__typename ... on GroupSuccess { group { id name description version } } ${FAILURE}`;
const CREATE = `mutation ($input: GroupCreateInput!) { groupCreate(input: $input) { __typename
  ... on GroupSuccess { group { id name description version } } ... on UserError { message path } } }`;
const UPDATE = `mutation ($id: ID!, $input: GroupUpdateInput!) { groupUpdate(id: $id, input: $input) { ${GROUP} } }`;
const ADD = `mutation ($id: ID!, $ids: [ID!]!) { groupMembersAdd(id: $id, input: { userIds: $ids }) { __typename
  ... on GroupSuccess { group { members { nodes { name } } } } ... on UserError { message path } } }`;
const TAKE = ADD.replace('groupMembersAdd', 'groupMembersRemove');
const GRANT = `mutation ($id: ID!, $input: TrainingGrantInput!) { trainingGrant(id: $id, input: $input) { __typename
  ... on TrainingGrantSuccess { user { trainings { expiresAt training { name } } } } ... on UserError { message path } } }`;

async function makeGroup(name: string): Promise<string> {
  const { data } = await run(manager.viewer, CREATE, { input: { name } });
  return data.groupCreate.group.id;
}
async function makeTraining(name: string): Promise<string> {
  const made = `mutation ($name: String!) { trainingCreate(input: { name: $name }) { ... on TrainingSuccess { training { id } } } }`;
  return (await run(manager.viewer, made, { name })).data.trainingCreate.training.id;
}
const audits = async (action: string) => (await psql('select from audit where action = $1', [action])).length;

describe('a group', () => {
  it('is added, described anew at its version, and removed with everybody in it', async () => {
    const id = await makeGroup('Drivers');
    const described = { id, input: { description: 'With a licence', expectedVersion: 1 } };
    const { data } = await run(manager.viewer, UPDATE, described);
    expect(data.groupUpdate.group).toEqual({
      id,
      name: 'Drivers',
      description: 'With a licence',
      version: 2,
    });
    const stale = await run(manager.viewer, UPDATE, described);
    expect(stale.data.groupUpdate).toMatchObject({ __typename: 'VersionConflict', currentVersion: 2 });
    await run(manager.viewer, ADD, { id, ids: [gid('User', mia)] });
    await run(manager.viewer, `mutation { groupRemove(id: "${id}") { __typename } }`);
    expect(await psql('select from group_member')).toEqual([]);
    expect((await run(mia.viewer, `{ group(id: "${id}") { name } }`)).data.group).toBeNull();
    expect(await psql(`select before->'userIds' as ids from audit where action = 'group.remove'`)).toEqual([
      { ids: [mia.id] },
    ]);
    for (const act of ['create', 'update', 'membersAdd', 'remove'])
      expect(await audits(`group.${act}`)).toBe(1);
  });

  it('takes each active person once, and lets go whom it has', async () => {
    const id = await makeGroup('Microscopists');
    const ids = [gid('User', nils), gid('User', mia), gid('User', mia)];
    for (let again = 0; again < 2; again++) {
      const { data } = await run(manager.viewer, ADD, { id, ids });
      expect(data.groupMembersAdd.group.members.nodes).toEqual([{ name: 'Mia' }, { name: 'Nils' }]);
    }
    const { data } = await run(manager.viewer, TAKE, { id, ids: [gid('User', nils), gid('User', gone)] });
    expect(data.groupMembersRemove.group.members.nodes).toEqual([{ name: 'Mia' }]);
  });

  it('refuses names that are taken, people who have left and lists that are empty, and changes nothing', async () => {
    const id = await makeGroup('Guides');
    const before = await psql('select * from audit');
    const taken = await run(manager.viewer, CREATE, { input: { name: ' Guides ' } });
    expect(taken.data.groupCreate).toMatchObject({ __typename: 'InvalidInput', path: ['input', 'name'] });
    for (const ids of [[gid('User', mia), gid('User', gone)], [gid('Place', { id: newId() })], []]) {
      const refused = await run(manager.viewer, ADD, { id, ids });
      expect(refused.data.groupMembersAdd).toMatchObject({
        __typename: 'InvalidInput',
        path: ['input', 'userIds'],
      });
    }
    const nowhere = await run(manager.viewer, ADD, {
      id: gid('Group', { id: newId() }),
      ids: [gid('User', mia)],
    });
    expect(nowhere.data.groupMembersAdd.__typename).toBe('NotFound');
    expect(await psql('select * from audit')).toEqual(before);
  });

  it('shows its members to managers alone, and its people their own groups', async () => {
    const id = await makeGroup('Secret');
    await run(manager.viewer, ADD, { id, ids: [gid('User', mia)] });
    const members = `{ group(id: "${id}") { name members { nodes { name } } } }`;
    expect((await run(manager.viewer, members)).data.group.members.nodes).toEqual([{ name: 'Mia' }]);
    expect((await run(mia.viewer, members)).data.group).toEqual({ name: 'Secret', members: { nodes: [] } });
    const groups = `{ user(id: "${gid('User', mia)}") { groups { name } } }`;
    expect((await run(mia.viewer, groups)).data.user.groups).toContainEqual({ name: 'Secret' });
    expect((await run(nils.viewer, groups)).data.user.groups).toEqual([]);
  });
});

describe('a training', () => {
  it('is granted until an instant, granted anew for good, and revoked', async () => {
    const id = await makeTraining('Laser safety');
    const until = { id, input: { userId: gid('User', mia), expiresAt: '2027-06-01T00:00:00Z' } };
    expect((await run(manager.viewer, GRANT, until)).data.trainingGrant.user.trainings).toEqual([
      { expiresAt: '2027-06-01T00:00:00.000Z', training: { name: 'Laser safety' } },
    ]);
    const forGood = await run(manager.viewer, GRANT, { id, input: { userId: gid('User', mia) } });
    expect(forGood.data.trainingGrant.user.trainings).toMatchObject([{ expiresAt: null }]);
    const revoke = `mutation { trainingRevoke(id: "${id}", input: { userId: "${gid('User', mia)}" }) { __typename } }`;
    expect((await run(manager.viewer, revoke)).data.trainingRevoke.__typename).toBe('TrainingGrantSuccess');
    expect((await run(manager.viewer, revoke)).data.trainingRevoke.__typename).toBe('NotFound');
    expect([await audits('training.grant'), await audits('training.revoke')]).toEqual([2, 1]);
  });

  it('opens the door to what asks for it, until it ends', async () => {
    const id = await makeTraining('Crane');
    const crane = await room(db);
    const bare = (await psql<{ id: string }>(`select id from training where name = 'Crane'`))[0]
      ?.id as string;
    await rule(db, 'ACCESS', { roles: null, groupIds: null, trainingIds: [bare] }, { resourceId: crane.id });
    const mine = testCtx(db, mia.viewer);
    const lift = (day: number) =>
      createReservation(mine, {
        title: 'Lift',
        details: '',
        window: {
          startsAt: new Date(Date.UTC(2027, 2, day, 9)),
          endsAt: new Date(Date.UTC(2027, 2, day, 10)),
        },
        resources: [{ resourceId: crane.id, quantity: 1 }],
        holdMs: null,
        ownerId: null,
        idempotencyKey: null,
        dryRun: true,
      });
    expect(await lift(3)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
    await run(manager.viewer, GRANT, {
      id,
      input: { userId: gid('User', mia), expiresAt: '2027-03-03T10:00:00Z' },
    });
    expect(await lift(3)).toMatchObject({ node: 'Reservation' });
    expect(await lift(4)).toMatchObject({ reasons: [{ code: 'NOT_PERMITTED' }] });
  });

  it('ends after now, and in a year that can be meant', async () => {
    const id = await makeTraining('Radiation');
    const before = await psql('select * from audit');
    const instants = ['2027-03-01T08:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-01:00'];
    for (const expiresAt of instants) {
      const refused = await run(manager.viewer, GRANT, {
        id,
        input: { userId: gid('User', manager), expiresAt },
      });
      expect(refused.data.trainingGrant).toMatchObject({
        __typename: 'InvalidInput',
        path: ['input', 'expiresAt'],
      });
    }
    expect(await psql('select * from audit')).toEqual(before);
    const soon = { userId: gid('User', manager), expiresAt: '2027-03-01T08:00:00.001Z' };
    expect((await run(manager.viewer, GRANT, { id, input: soon })).errors).toEqual([]);
  });

  it('is written down with what was granted before, and with who loses it when it is removed', async () => {
    const id = await makeTraining('Glass');
    const userId = gid('User', nils);
    await run(manager.viewer, GRANT, { id, input: { userId, expiresAt: '2027-06-01T00:00:00Z' } });
    await run(manager.viewer, GRANT, { id, input: { userId } });
    await run(manager.viewer, `mutation { trainingRemove(id: "${id}") { __typename } }`);
    const entries = await psql<{ before: object; after: object }>(
      `select before, after from audit where action like 'training.%' and (subject_id = $1 or before->>'name' = 'Glass')
       order by id`,
      [nils.id],
    );
    expect(entries).toMatchObject([
      { before: null, after: { validUntil: expect.stringContaining('2027-06-01') } },
      { before: { validUntil: expect.stringContaining('2027-06-01') }, after: { validUntil: null } },
      { before: { name: 'Glass', granted: [{ userId: nils.id, validUntil: null }] }, after: null },
    ]);
  });
});

it('is for managers to change', async () => {
  for (const viewer of [mia.viewer, null]) {
    const made = await run(viewer, CREATE, { input: { name: 'Mine' } });
    expect(made.errors).toEqual([expect.objectContaining({ message: expect.any(String) })]);
  }
  expect(await psql(`select from user_group where name = 'Mine'`)).toEqual([]);
});

it('reads a page of people with groups and trainings in five statements', async () => {
  const asked: string[] = [];
  const query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name);
    return db.query(statement, values);
  };
  const counted = { ...db, query } as unknown as typeof db;
  const source = '{ users { nodes { name groups { name } trainings { training { name } } } } }';
  const { data } = await run(manager.viewer, source, {}, { ...ctx, db: counted });
  expect(data.users.nodes.length).toBeGreaterThan(3);
  expect(asked.length).toBeLessThanOrEqual(5);
});

it.each([1, 10])('reads a page of %i groups with their members in two statements', async (first) => {
  for (let made = 0; made < 10; made++) {
    const id = await makeGroup(`Page of ${first}, ${made}`);
    await run(manager.viewer, ADD, { id, ids: [gid('User', mia), gid('User', nils)] });
  }
  const asked: string[] = [];
  const query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name);
    return db.query(statement, values);
  };
  const counted = { ...db, query } as unknown as typeof db;
  const source = `{ groups(first: ${first}) { nodes { name members(first: 1) { nodes { name } pageInfo { hasNextPage } } } } }`;
  const { data } = await run(manager.viewer, source, {}, { ...ctx, db: counted });
  expect(data.groups.nodes).toHaveLength(first);
  expect(data.groups.nodes.at(-1).members.nodes.length).toBeLessThanOrEqual(1);
  expect(asked).toEqual(['user_group-page', 'group-members-pages']);
});

it('shows people their own groups in the answer to their sign-in', async () => {
  const passwordHash = await ctx.identity.hasher.hash('long enough for all');
  const zoe = await person(db, 'MEMBER', { name: 'Zoe', passwordHash });
  const id = await makeGroup('Signed in');
  await run(manager.viewer, ADD, { id, ids: [gid('User', zoe)] });
  const source = `mutation ($input: SignInInput!) { signIn(input: $input) {
    ... on SignInSuccess { user { groups { name } } } } }`;
  const input = { email: zoe.email, password: 'long enough for all' };
  expect((await run(null, source, { input })).data.signIn).toEqual({
    user: { groups: [{ name: 'Signed in' }] },
  });
});
