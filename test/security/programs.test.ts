import { globalId } from '../../src/domain/ids.js';
import { PasswordHasher } from '../../src/domain/users/password-hasher.js';
import { systemClock } from '../../src/infra/clock/system.js';
import { post } from '../kit/calls.js';
import { apiClient, basic, type MadeClient } from '../kit/clients.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { startApi } from '../kit/program.js';
import { room } from '../kit/things.js';
import { PASSWORD } from './attacks.js';

const database = await useDatabase();
const { db, psql } = database;
const admin = await person(db, 'ADMINISTRATOR');
const ctx = { ...testCtx(db, admin.viewer), clock: systemClock };
const api = await startApi({ databaseUrl: database.url });
const { id: resource } = await room(db);
const made = await apiClient(ctx, { role: 'ADMINISTRATOR' });

async function granted({ id, secret }: MadeClient, scope?: string) {
  const answer = await fetch(`${api.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: basic(id, secret) },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }),
  });
  return (await answer.json()) as { access_token?: string; error?: string };
}
const ask = async (token: string, query: string) =>
  (await post(api, token, { query }))?.answer as { data: never };

it('are shown nothing through what they may read that needs another scope by itself', async () => {
  const { access_token: token = '' } = await granted(made, 'read');
  const id = globalId('Resource', resource);
  const NESTED = `{ resource(id: "${id}") { name checkInLink { token } }
    user(id: "${globalId('User', admin.id)}") { name sessions { nodes { id } } factors { __typename } apiClient { id } } }`;
  const seen = await ask(token, NESTED);
  expect(seen.data).toMatchObject({
    resource: { name: expect.any(String), checkInLink: null },
    user: { name: admin.name, sessions: null, factors: null, apiClient: null },
  });
});

it('take out nothing of the audit or of people, whatever their scopes', async () => {
  const { access_token: token = '' } = await granted(made);
  for (const path of [
    '/export/audit.jsonl',
    '/export/audit.csv',
    `/export/users/${globalId('User', admin.id)}.json`,
    `/export/logs/${globalId('LogFile', admin.id)}.jsonl`,
  ]) {
    const { status } = await fetch(`${api.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    expect([path, status]).toEqual([path, 401]);
  }
});

it('have no way in but their secrets', async () => {
  const hash = await new PasswordHasher().hash(PASSWORD);
  const [account] = await psql<{ email: string }>(
    'update app_user set password_hash = $1 where id = $2 returning email',
    [hash, made.client.id],
  );
  const SIGN_IN = `mutation { signIn(input: {email: "${account?.email}", password: "${PASSWORD}"}) { __typename } }`;
  expect(await post(api, null, { query: SIGN_IN })).toMatchObject({
    answer: { data: { signIn: { __typename: 'SignInRefused' } } },
  });
});

it('get no token any more when whoever answers for them has left', async () => {
  const other = await apiClient(ctx);
  expect((await granted(other)).access_token).toBeDefined();
  await psql(
    'update app_user set active = false where id = (select owner_id from api_client where id = $1)',
    [other.client.id],
  );
  expect(await granted(other)).toMatchObject({ error: 'invalid_client' });
});
