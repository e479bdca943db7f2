import fc from 'fast-check';
import type { ViewerCtx } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { cancelReservation } from '../../src/domain/reservations/cancel-reservation.js';
import { createReservation } from '../../src/domain/reservations/create-reservation.js';
import { updateResource } from '../../src/domain/resources/update-resource.js';
import { byProgram } from '../../src/sql/audit/source.js';
import { expireNextHolds } from '../../src/sql/reservations/expire-holds.js';
import { apiClient, tokenOf } from '../kit/clients.js';
import { reserved, wishFor } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { ownDocuments, testServer } from '../kit/server.js';
import { pool, room } from '../kit/things.js';

const { db } = await useDatabase();
const { viewer } = await person(db, 'ADMINISTRATOR');
const ctx = { ...testCtx(db, viewer), viewer };
let before: ((statement: string) => Promise<void> | undefined) | null = null;
const server = await testServer(db, { clock: ctx.clock, before: (name) => before?.(name) });
const made = await apiClient(ctx, { scopes: ['read'] });
const guest = await apiClient(ctx, { scopes: ['read'], role: 'GUEST' });
let [token, guestToken] = [await tokenOf(server, made), await tokenOf(server, guest)];
const DAY = { startsAt: '2027-03-02T00:00:00Z', endsAt: '2027-03-03T00:00:00Z' };
const documentOf = (name: string) =>
  Object.entries(ownDocuments).find(([, text]) => text.includes(`query ${name}(`))?.[0] ?? '';

async function get(name: string, variables: object, etag?: string | null, as = token) {
  const parameters = new URLSearchParams({
    documentId: documentOf(name),
    variables: JSON.stringify(variables),
  });
  const answer = await server.fetch(`/graphql?${parameters}`, {
    headers: { authorization: `Bearer ${as}`, ...(etag && { 'if-none-match': etag }) },
  });
  return { ...answer, etag: answer.headers.get('etag') };
}
const hour = (at: number) => `2027-03-02T${String(at).padStart(2, '0')}:00:00.000Z`;

it('answers 304 by one cheap statement as long as nothing has changed, and anew when something has', async () => {
  const { id } = await room(db);
  const variables = { resources: [globalId('Resource', id)], window: DAY };
  const first = await get('Availability', variables);
  expect(first).toMatchObject({ status: 200, etag: expect.stringMatching(/^W\/"[\w-]{43}"$/) });
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  expect(first.headers.get('vary')).toBe('Authorization, Accept');
  server.said.splice(0);
  for (const tag of [first.etag, `"x", ${first.etag}`, first.etag?.replace('W/', '')]) {
    expect(await get('Availability', variables, tag)).toMatchObject({
      status: 304,
      body: '',
      etag: first.etag,
    });
  }
  expect(server.said).toEqual(Array(3).fill('resource-states'));
  await reserved(ctx, [id], hour(9), hour(10));
  const second = await get('Availability', variables, first.etag);
  expect(second.status).toBe(200);
  expect(second.body.data.availability[0].busy).toHaveLength(1);
  expect((await get('Availability', variables, second.etag)).status).toBe(304);
});

it('gives others, other variables and other documents tags of their own', async () => {
  const { id } = await room(db);
  const named = globalId('Resource', id);
  const tags = [
    await get('Availability', { resources: [named], window: DAY }),
    await get('Availability', { resources: [named], window: { ...DAY, endsAt: '2027-03-03T00:00:01Z' } }),
    await get('Availability', { resources: [named, named], window: DAY }),
    await get('Availability', { resources: [named], window: DAY }, null, guestToken),
    await get('ResourceShow', { id: named }),
  ].map(({ etag, status }) => `${status} ${etag}`);
  expect(new Set(tags).size).toBe(5);
  expect(tags.every((tag) => tag.startsWith('200 W/"'))).toBe(true);
});

it('tags what depends on more by the answer itself, and errors not at all', async () => {
  const { id } = await room(db, { name: 'Alone' });
  const variables = { filter: { search: 'Alone' } };
  const first = await get('ResourcesList', variables);
  expect(first.status).toBe(200);
  expect(await get('ResourcesList', variables, first.etag)).toMatchObject({ status: 304, body: '' });
  await updateResource(ctx as ViewerCtx, { id, description: 'Under the roof' });
  expect((await get('ResourcesList', variables, first.etag)).status).toBe(200);
  expect((await get('PlacesList', {})).headers.get('cache-control')).toBe('private, max-age=60');
  for (const [name, wrong] of [
    ['Availability', { resources: [], window: { startsAt: '2027-03-02T00:00:00Z' } }],
    [
      'Availability',
      { resources: [globalId('Resource', id)], window: { startsAt: DAY.endsAt, endsAt: DAY.startsAt } },
    ],
    ['ResourceShow', {}],
  ] as const) {
    const answer = await get(name, wrong, '*');
    expect(answer.body.errors).toHaveLength(1);
    expect([answer.etag, answer.headers.get('cache-control')]).toEqual([null, 'no-store']);
  }
  const without = await apiClient(ctx, { scopes: ['reserve'] });
  const denied = await get(
    'ResourceShow',
    { id: globalId('Resource', id) },
    '*',
    await tokenOf(server, without),
  );
  expect(denied.body.errors[0].extensions.code).toBe('FORBIDDEN');
});

it('refuses a mutation over GET, and says how to run it', async () => {
  const [documentId = ''] =
    Object.entries(ownDocuments).find(([, text]) => text.includes('mutation ReservationCancel(')) ?? [];
  const answer = await server.fetch(
    `/graphql?${new URLSearchParams({ documentId, variables: '{"id":"x"}' })}`,
    {
      headers: { authorization: `Bearer ${token}` },
    },
  );
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
});

it('never tells that an old answer still holds, wherever a change falls between its statements', async () => {
  for (const name of ['Availability', 'ResourceShow']) {
    const { id } = await room(db);
    const named = globalId('Resource', id);
    const variables = name === 'Availability' ? { resources: [named], window: DAY } : { id: named };
    let boundaries = 1;
    for (let at = 0; at < boundaries; at++) {
      let statement = 0;
      before = () => {
        boundaries = Math.max(boundaries, statement + 1);
        if (statement++ !== at) return undefined;
        const change: Promise<unknown> =
          name === 'Availability'
            ? reserved(ctx, [id], hour(9 + at), hour(10 + at))
            : updateResource(ctx as ViewerCtx, { id, description: `change ${at}` });
        return change.then(() => undefined);
      };
      const first = await get(name, variables);
      before = null;
      expect(first.status).toBe(200);
      const again = await get(name, variables, first.etag);
      if (again.status === 304) expect((await get(name, variables)).body).toEqual(first.body);
    }
    expect(boundaries).toBeGreaterThan(1);
  }
});

type Step =
  | { readonly kind: 'reserve' | 'hold'; readonly at: number; readonly of: number }
  | { readonly kind: 'cancel' | 'rename'; readonly of: number }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'sweep' | 'read' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('reserve' as const, 'hold' as const),
    at: fc.integer({ min: 8, max: 20 }),
    of: fc.nat({ max: 1 }),
  }),
  fc.record({ kind: fc.constantFrom('cancel' as const, 'rename' as const), of: fc.nat({ max: 1 }) }),
  fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constantFrom('sweep' as const, 'read' as const, 'read' as const) }),
);

it('answers 304 only where a fresh reading gives the same, through whatever happens and whatever dies by the clock', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 24 }), async (plan) => {
      ctx.clock.set('2027-03-01T08:00:00.000Z');
      [token, guestToken] = [await tokenOf(server, made), await tokenOf(server, guest)];
      const things = [(await room(db)).id, (await pool(db, { capacity: 2 })).id] as const;
      const variables = { resources: things.map((id) => globalId('Resource', id)), window: DAY };
      const living: string[] = [];
      let known = await get('Availability', variables);
      const act = async (step: Step) => {
        if (step.kind === 'reserve' || step.kind === 'hold') {
          const holdMs = step.kind === 'hold' ? 60_000 : null;
          const placed = await createReservation(
            ctx,
            wishFor([things[step.of] as string], hour(step.at), hour(step.at + 1), { holdMs }),
          );
          if (!('kind' in placed)) living.push(placed.id);
        } else if (step.kind === 'cancel') {
          const id = living.pop();
          if (id) await cancelReservation(ctx, { id, expectedVersion: null, idempotencyKey: null } as never);
        } else if (step.kind === 'rename') {
          await updateResource(ctx as ViewerCtx, {
            id: things[step.of] as string,
            name: `Thing ${Math.random()}`,
          });
        } else if (step.kind === 'pass') ctx.clock.advance(step.seconds * 1_000);
        else if (step.kind === 'sweep') await expireNextHolds(db, ctx.clock.fixed(), 100, byProgram('test'));
      };
      for (const step of [...plan, { kind: 'read' } as const]) {
        await act(step);
        const conditional = await get('Availability', variables, known.etag);
        const fresh = await get('Availability', variables);
        if (conditional.status === 304) expect(fresh.body).toEqual(known.body);
        else expect(conditional.body).toEqual(fresh.body);
        if (step.kind === 'read') known = fresh;
      }
    }),
    { numRuns: 20 },
  );
});

it('never answers 304 for an old answer while writers are at it', async () => {
  const { id } = await pool(db, { capacity: 50 });
  const variables = { resources: [globalId('Resource', id)], window: DAY };
  let done = false;
  const write = async (offset: number) => {
    for (let n = 0; n < 12; n++) await reserved(ctx, [id], hour(offset), hour(offset + 1));
  };
  const watch = async () => {
    let known = await get('Availability', variables);
    while (!done) {
      const next = await get('Availability', variables, known.etag);
      if (next.status === 200) known = next;
    }
    const last = await get('Availability', variables, known.etag);
    const fresh = await get('Availability', variables);
    expect(last.status === 304 ? known.body : last.body).toEqual(fresh.body);
  };
  const readers = Array.from({ length: 4 }, watch);
  await Promise.all([9, 11, 13, 15].map(write));
  done = true;
  await Promise.all(readers);
});
