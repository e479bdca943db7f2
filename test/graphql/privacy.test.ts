import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const admin = await person(db, 'ADMINISTRATOR');
const leaver = await person(db, 'MANAGER', { name: 'Mia', email: 'mia@example.com' });
const ERASE = `mutation ($id: ID!, $email: String!) { result: userErase(id: $id, input: { confirmEmail: $email }) { __typename
  ... on UserEraseSuccess { cancelledReservations user { id name isActive email } } ... on UserError { message path } } }`;
const erase = (id: string, email: string, viewer: Viewer | null = admin.viewer) =>
  ask(ctx, viewer, ERASE, { id, email });
const id = globalId('User', leaver.id);

it('lets administrators alone erase', async () => {
  for (const role of ['MANAGER', 'MEMBER', 'GUEST'] as const)
    expect((await erase(id, leaver.email, (await person(db, role)).viewer)).errors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
  expect((await erase(id, leaver.email, null)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
});

it('answers every slip by its type', async () => {
  const typed = async (...call: Parameters<typeof erase>) => (await erase(...call)).data.result;
  expect(await typed(id, 'other@example.com')).toMatchObject({
    __typename: 'InvalidInput',
    path: ['input', 'confirmEmail'],
  });
  expect(await typed(globalId('Resource', leaver.id), leaver.email)).toMatchObject({
    __typename: 'NotFound',
    path: ['id'],
  });
  expect(await typed('nonsense', leaver.email)).toMatchObject({ __typename: 'NotFound' });
  expect(await typed(globalId('User', admin.id), admin.email)).toMatchObject({
    __typename: 'LastAdministrator',
    path: ['id'],
  });
});

it('shows what is left of whoever was erased', async () => {
  const name = `Former member ${leaver.id.slice(-4)}`;
  expect((await erase(id, 'Mia@Example.com')).data.result).toEqual({
    __typename: 'UserEraseSuccess',
    cancelledReservations: 0,
    user: { id, name, isActive: false, email: `former-${leaver.id}@erased.invalid` },
  });
  const { data } = await ask(
    ctx,
    admin.viewer,
    `{ users(filter: { text: "mia" }) { nodes { name } } user(id: "${id}") { name } }`,
  );
  expect(data).toEqual({ users: { nodes: [] }, user: { name } });
});
