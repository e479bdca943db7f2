import { revokeSecret } from '../../src/domain/clients/change-client.js';
import { globalId } from '../../src/domain/ids.js';
import { systemClock } from '../../src/infra/clock/system.js';
import { apiClient, basic } from '../kit/clients.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { startApi } from '../kit/program.js';
import { redisUrl } from '../kit/redis.js';
import { room } from '../kit/things.js';

const { db, url, psql } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = { ...testCtx(db, viewer), viewer, clock: systemClock };

it('serves programs by the built program: tokens, documents, REST, limits of all instances, counts and ends', async () => {
  const options = { databaseUrl: url, redisUrl: redisUrl(), env: { NODE_ENV: 'production' } };
  const [one, two] = [await startApi(options), await startApi(options)];
  const made = await apiClient(ctx, { persistedOnly: true, perMinute: 8 });
  const { id } = await room(db, { name: 'Attic' });
  const answer = await fetch(`${one.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: basic(made.id, made.secret) },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}` };
  const show = `/rest/resource-show?id=${globalId('Resource', id)}`;
  const shown = await fetch(`${two.url}${show}`, { headers });
  expect(await shown.json()).toMatchObject({ name: 'Attic' });
  const { paths } = (await (await fetch(`${one.url}/rest/openapi.json`, { headers })).json()) as {
    paths: object;
  };
  expect(Object.keys(paths)).toContain('/rest/reservation-create');
  const adHoc = await fetch(`${one.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { id } }' }),
  });
  expect(await adHoc.text()).toContain('PERSISTED_OPERATION_REQUIRED');
  // What comes within a tenth of a second each instance counts by itself, and with the other from then on.
  let answered = 1;
  await eventually(async () => {
    for (const { url } of [one, two]) {
      const { status } = await fetch(`${url}${show}`, { headers });
      if (status === 200) answered++;
      expect(status).toBe(429);
    }
  });
  expect(answered).toBeLessThanOrEqual(16);
  const [secret] = await psql<{ id: string }>('select id from api_secret');
  await revokeSecret(ctx, { id: secret?.id ?? '' });
  await eventually(
    async () => expect((await fetch(`${two.url}${show}`, { headers })).status).toBe(401),
    5_000,
  );
  expect([await one.stop(), await two.stop()]).toEqual([0, 0]);
  const counts = await psql<{ count: number }>(
    'select sum(count)::integer as count from document_usage where client_id = $1 and document is not null',
    [made.client.id],
  );
  expect(counts).toEqual([{ count: answered }]);
});
