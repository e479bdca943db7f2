import type { Viewer } from '../../../src/domain/act.js';
import { createPerson, updatePerson } from '../../../src/domain/auth/change-person.js';
import { handToDirectory, unlinkFromDirectory } from '../../../src/domain/auth/directory-link.js';
import { proveSession } from '../../../src/domain/auth/factors/prove-session.js';
import type { AuthViewerCtx } from '../../../src/domain/auth/identity.js';
import { permitIdentity } from '../../../src/domain/auth/provider/link-identity.js';
import { setPassword } from '../../../src/domain/auth/set-password.js';
import { rotateSecret, updateClient } from '../../../src/domain/clients/change-client.js';
import { createClient } from '../../../src/domain/clients/create-client.js';
import { newId } from '../../../src/domain/ids.js';
import { apiClient } from '../../kit/clients.js';
import { useDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';
import { instance, member, PASSWORD, session, viewerOf } from './identity-kit.js';

const { db, psql } = await useDatabase();
const api = await instance(db);
const { clock } = api.ctx;
const boss = await member(api, { role: 'ADMINISTRATOR' });
const ctx = api.as(await viewerOf(api, await session(api, boss.email)));
await person(db, 'ADMINISTRATOR');
const her = await person(db);
const closed = await person(db, 'ADMINISTRATOR', { active: false });
const program = await apiClient(ctx, { scopes: ['read'] });
let count = 0;
const someone = (role: 'ADMINISTRATOR' | 'MEMBER') => ({
  email: `new-${++count}@example.com`,
  name: 'New',
  role,
});
const client = {
  name: 'Doors',
  role: 'MEMBER',
  ownerId: her.id,
  scopes: ['read'],
  persistedOnly: false,
  perMinute: 1,
  perDay: null,
  expiresAt: null,
} as const;
const changes = () => psql('select action, subject_id from audit order by id');

/** All that changes how somebody else signs in, and all that gives somebody the powers of an administrator. */
const ACTS: Record<string, (by: AuthViewerCtx) => Promise<object>> = {
  setPassword: (by) => setPassword(by, { id: her.id, password: 'a new long password' }),
  permitIdentity: (by) => permitIdentity(by, { id: her.id }),
  handToDirectory: (by) => handToDirectory(by, { id: her.id }),
  unlinkFromDirectory: (by) => unlinkFromDirectory(by, { id: her.id }),
  'createPerson, an administrator': (by) => createPerson(by, someone('ADMINISTRATOR')),
  'updatePerson, of a closed administrator': (by) => updatePerson(by, { id: closed.id, isActive: true }),
  'updatePerson, to administrator': (by) => updatePerson(by, { id: her.id, role: 'ADMINISTRATOR' }),
  createClient: (by) => createClient(by, client),
  rotateSecret: (by) => rotateSecret(by, { id: program.client.id }),
  'updateClient, with a scope more': (by) =>
    updateClient(by, { id: program.client.id, scopes: ['read', 'manage'] }),
  'updateClient, to administrator': (by) =>
    updateClient(by, { id: program.client.id, role: 'ADMINISTRATOR' }),
};

it.each(Object.entries(ACTS))('is wanted for %s', async (_, act) => {
  clock.advance(601_000);
  const before = await changes();
  expect(await act(ctx)).toMatchObject({ kind: 'ProofRequired', methods: ['PASSWORD'] });
  expect(await changes()).toEqual(before);
  expect(await proveSession(ctx, { password: PASSWORD })).toHaveProperty('provedUntilAt');
  expect(await act(ctx)).not.toHaveProperty('kind');
});

it('is not wanted for what gives nobody more than there was', async () => {
  clock.advance(601_000);
  const { id } = program.client;
  const other = await person(db);
  const acts = [
    createPerson(ctx, someone('MEMBER')),
    updatePerson(ctx, { id: other.id, role: 'MANAGER' }),
    updatePerson(ctx, { id: boss.id, role: 'ADMINISTRATOR', name: 'Still the boss' }),
    updateClient(ctx, { id, scopes: [], role: 'MEMBER' }),
    updateClient(ctx, { id, isActive: false }),
  ];
  for (const act of acts) expect(await act).not.toHaveProperty('kind');
  expect(await updatePerson(ctx, { id: newId(), role: 'ADMINISTRATOR' })).toMatchObject({ kind: 'NotFound' });
});

it('is asked of nobody who may not do it anyway', async () => {
  const own = { ...ctx, viewer: her.viewer };
  expect(
    await updatePerson(
      { ...own, viewer: { ...her.viewer, role: 'MEMBER' } },
      { id: her.id, role: 'ADMINISTRATOR' },
    ),
  ).toMatchObject({ kind: 'InvalidInput', path: ['role'] });
});

it('is nothing that a program could give, however new its secret is', async () => {
  const [secret] = await psql<{ id: string }>('select id from api_secret where client_id = $1', [
    program.client.id,
  ]);
  const viewer: Viewer = {
    userId: program.client.id,
    sessionId: String(secret?.id),
    role: 'ADMINISTRATOR',
    client: { scopes: ['administer'], persistedOnly: false, perMinute: 1, perDay: null },
  };
  const refused = { kind: 'ProofRequired', methods: [] };
  expect(await updatePerson({ ...ctx, viewer }, { id: closed.id, role: 'MEMBER' })).toMatchObject({
    id: closed.id,
  });
  const raise = { id: closed.id, role: 'ADMINISTRATOR', isActive: true } as const;
  expect(await updatePerson({ ...ctx, viewer }, raise)).toMatchObject(refused);
  expect(await createPerson({ ...ctx, viewer }, someone('ADMINISTRATOR'))).toMatchObject(refused);
});
