import { parse } from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import { StreamReader } from '../../src/domain/events/stream-reader.js';
import { createFeed } from '../../src/domain/feeds/create-feed.js';
import { showCalendar } from '../../src/domain/feeds/show-calendar.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { editReservation } from '../../src/domain/reservations/edit-reservation.js';
import { payloadOf } from '../../src/domain/webhooks/payload.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import type { GraphQLContext } from '../../src/graphql/context.js';
import { Live } from '../../src/graphql/live/live.js';
import { claimDeliveries } from '../../src/sql/webhooks/claim-deliveries.js';
import { instance } from '../domain/auth/identity-kit.js';
import { by, mustApprove } from '../kit/approvals.js';
import { reserved } from '../kit/closures.js';
import { useDatabase } from '../kit/database.js';
import { eventually } from '../kit/eventually.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { webhook } from '../kit/webhooks.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx, as } = await instance(db);
const DAY = '2027-03-02T';
const at = (time: string) => `${DAY}${time}:00Z`;
const window = { startsAt: at('00:00'), endsAt: at('23:59') };

const owner = await person(db, 'MEMBER', { name: 'Olga Owner' });
const maker = await person(db, 'MANAGER', { name: 'Max Maker' });
const keeper = await person(db);
const company = await person(db, 'GUEST');
const decider = await person(db);
const concerned = [owner, maker, keeper, company, await person(db, 'ADMINISTRATOR')];
const strangers = [await person(db), await person(db, 'GUEST')];

const attic = await room(db, { name: 'Attic', managers: [keeper.id] });
const roomId = globalId('Resource', attic.id);
await mustApprove(db, { resourceId: attic.id }, [by(decider.id)], { overMinutes: 60 });

const secret = { title: 'Merger', details: 'With Acme', visibility: 'PRIVATE', ownerId: owner.id } as const;
/** What nobody but those concerned may read anywhere. */
const SECRETS = /Merger|Acme|Olga|Maker|Gus|poison pill|dossier/;

const boss = as(maker.viewer);
const one = await reserved(boss, [attic.id], at('09:00'), at('10:00'), secret);
const long = await reserved(boss, [attic.id], at('12:00'), at('14:00'), secret);
const rsv = globalId('Reservation', one.id);

const run = (viewer: Viewer, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);
const FACTS = `id title details visibility owner { name } creator { name } series { title } viewerResponse
  participants { id name email user { name } } attachments { id name } comments { nodes { id words author { name } } }`;

const made = await run(
  maker.viewer,
  `mutation($input: SeriesCreateInput!) { seriesCreate(input: $input) { ... on SeriesReport { series { id }
    occurrences { reservation { id } } } ... on UserError { message } } }`,
  {
    input: {
      title: secret.title,
      details: secret.details,
      visibility: 'PRIVATE',
      ownerId: globalId('User', owner.id),
      resources: [{ resourceId: roomId }],
      startsLocal: '2027-03-02T16:00',
      endsLocal: '2027-03-02T16:30',
      rrule: 'FREQ=DAILY;COUNT=3',
    },
  },
);
const { series, occurrences } = made.data.seriesCreate;
const [occurrence] = occurrences;
await psql(
  `insert into participant (id, reservation_id, user_id, inviter_id, created_at)
   select gen_random_uuid(), id, $1, $2, now() from reservation`,
  [company.id, owner.id],
);

await psql(
  `insert into participant (id, reservation_id, email, name, inviter_id, created_at)
   select gen_random_uuid(), id, 'gus@example.net', 'Gus Guest', $1, now() from reservation`,
  [owner.id],
);
await psql(
  `insert into attachment (id, reservation_id, uploader_id, name, type, size, file_key, sha256, created_at)
   select gen_random_uuid(), id, $1, 'dossier.pdf', 'application/pdf', 9, gen_random_uuid(), sha256('x'), now() from reservation`,
  [owner.id],
);
const said = await run(
  owner.viewer,
  'mutation($id: ID!) { commentAdd(id: $id, input: { words: "A poison pill" }) { ... on CommentSuccess { comment { id } } } }',
  { id: rsv },
);
const comment = said.data.commentAdd.comment.id;
const idOf = async (table: string, kind: 'Participant' | 'Attachment') =>
  globalId(
    kind,
    (await psql<{ id: string }>(`select id from ${table} where reservation_id = $1 limit 1`, [one.id]))[0]
      ?.id ?? '',
  );
const [guest, file] = [await idOf('participant', 'Participant'), await idOf('attachment', 'Attachment')];

/** Every way in which somebody can ask for reservations, and what of an answer shows them. */
const QUERIES: readonly (readonly [string, string, object])[] = [
  ['by id', `query($id: ID!) { reservation(id: $id) { ${FACTS} } }`, { id: rsv }],
  ['as a node', `query($id: ID!) { node(id: $id) { id ... on Reservation { ${FACTS} } } }`, { id: rsv }],
  [
    'among nodes',
    `query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Reservation { ${FACTS} } } }`,
    { ids: [rsv, globalId('Reservation', long.id)] },
  ],
  ['in a list', `{ reservations { nodes { ${FACTS} } edges { cursor } } }`, {}],
  [
    'in a list of its resource and window',
    `query($filter: ReservationFilter!) { reservations(filter: $filter) { nodes { ${FACTS} } } }`,
    { filter: { resourceIds: [roomId], window } },
  ],
  [
    'in a list of its owner',
    `query($filter: ReservationFilter!) { reservations(filter: $filter, sort: STARTS_AT_DESC) { nodes { ${FACTS} } } }`,
    { filter: { ownerId: globalId('User', owner.id) } },
  ],
  [
    'as a series',
    `query($id: ID!) { series(id: $id) { title details owner { name } next { ${FACTS} }
      reservations { nodes { ${FACTS} } } } }`,
    { id: series.id },
  ],
  [
    'as a series among nodes',
    'query($id: ID!) { node(id: $id) { id ... on Series { title } } }',
    { id: series.id },
  ],
  [
    'as an occurrence',
    `query($id: ID!) { reservation(id: $id) { ${FACTS} } }`,
    { id: occurrence.reservation.id },
  ],
  [
    'in what is busy',
    `query($resources: [ID!]!, $window: WindowInput!) { availability(resources: $resources, window: $window) {
      busy { startsAt reservation { ${FACTS} } } } }`,
    { resources: [roomId], window },
  ],
  [
    'as the cause of a colour',
    `query($resources: [ID!]!, $window: WindowInput!) { availability(resources: $resources, window: $window) {
      spans { colour cause { message title reservation { ${FACTS} } } } } }`,
    { resources: [roomId], window },
  ],
  [
    'as what stands in the way',
    `mutation($input: ReservationCreateInput!) { reservationCreate(input: $input) { __typename
      ... on ReservationRefused { message reasons { message conflicts { window { startsAt } reservation { ${FACTS} } } } } } }`,
    {
      input: {
        title: 'Mine',
        dryRun: true,
        resources: [{ resourceId: roomId }],
        window: { startsAt: at('08:30'), endsAt: at('09:30') },
      },
    },
  ],
  [
    'as what stands in the way of a series',
    `mutation($input: SeriesCreateInput!) { seriesCreate(input: $input) { __typename
      ... on SeriesRefused { message occurrences { reasons { message conflicts { reservation { ${FACTS} } } } } } } }`,
    {
      input: {
        title: 'Mine',
        dryRun: true,
        resources: [{ resourceId: roomId }],
        startsLocal: '2027-03-02T09:00',
        endsLocal: '2027-03-02T10:00',
        rrule: 'FREQ=DAILY;COUNT=2',
      },
    },
  ],
];

describe.each(QUERIES)('a private reservation, %s', (_way, source, variables) => {
  it('is shown to everybody whom it concerns, and is nothing but taken to others', async () => {
    for (const { viewer } of concerned) {
      const { data, errors } = await run(viewer, source, variables);
      expect(errors).toEqual([]);
      expect(JSON.stringify(data)).toContain('Merger');
    }
    for (const { viewer } of strangers) {
      const { data, errors } = await run(viewer, source, variables);
      expect(errors).toEqual([]);
      expect(JSON.stringify(data)).not.toMatch(SECRETS);
      expect(JSON.stringify(data)).not.toMatch(/(rsv|ser|par|att|cmt)_/);
    }
  });
});

it('is shown to whoever is asked to decide about it, and stays so, by its id alone', async () => {
  const source = `query($id: ID!) { reservation(id: $id) { title } }`;
  const show = async (id: string) => (await run(decider.viewer, source, { id })).data.reservation;
  const id = globalId('Reservation', long.id);
  expect(await show(rsv)).toBeNull();
  expect(await show(id)).toEqual({ title: 'Merger' });
  await run(
    decider.viewer,
    'mutation($id: ID!) { approvalDecide(id: $id, input: { decision: APPROVED }) { __typename } }',
    { id },
  );
  await psql("update approval set steps = '[{}]'");
  expect(await show(id)).toEqual({ title: 'Merger' });
});

const ACTS: readonly (readonly [string, string, object])[] = [
  ['reservationCancel', 'id: $id', {}],
  ['reservationConfirm', 'id: $id', {}],
  ['reservationUpdate', 'id: $id, input: { title: "Ours", expectedVersion: 7 }', {}],
  [
    'reservationMove',
    `id: $id, input: { window: { startsAt: "${at('20:00')}", endsAt: "${at('21:00')}" } }`,
    {},
  ],
  ['seriesCancel', 'id: $id, input: { scope: ALL }', { id: series.id, none: globalId('Series', newId()) }],
  [
    'seriesUpdate',
    'id: $id, input: { scope: THIS, title: "Ours", expectedVersion: 7 }',
    { id: occurrence.reservation.id },
  ],
  ['commentAdd', 'id: $id, input: { words: "?" }', {}],
  ['commentEdit', 'id: $id, input: { words: "?" }', { id: comment, none: globalId('Comment', newId()) }],
  ['commentRemove', 'id: $id', { id: comment, none: globalId('Comment', newId()) }],
  ['attachmentRemove', 'id: $id', { id: file, none: globalId('Attachment', newId()) }],
  ['invitationRespond', 'id: $id, input: { response: ACCEPTED }', {}],
  ['participantsRemove', `id: $id, input: { participantIds: ["${guest}"] }`, {}],
  ['approvalDecide', 'id: $id, input: { decision: APPROVED }', { id: globalId('Reservation', long.id) }],
];

it.each(ACTS)('answers a stranger %s as if there were none', async (field, given, more) => {
  const ids = { id: rsv, none: globalId('Reservation', newId()), ...more };
  const source = `mutation($id: ID!) { result: ${field}(${given}) { __typename ... on UserError { message path } } }`;
  for (const { viewer } of strangers) {
    const { data } = await run(viewer, source, { id: ids.id });
    expect(data.result.__typename).toBe('NotFound');
    expect(data).toEqual((await run(viewer, source, { id: ids.none })).data);
  }
});

it('shows none of its company by id', async () => {
  const source = `query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Comment { words } ... on Participant { name } ... on Attachment { name } } }`;
  const ids = [comment, guest, file];
  const seen = await run(owner.viewer, source, { ids });
  expect(seen.data.nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
  for (const { viewer } of strangers) {
    expect((await run(viewer, source, { ids })).data.nodes).toEqual([null, null, null]);
  }
});

it('lets no stranger take back what was done to it', async () => {
  const { id } = await reserved(boss, [attic.id], at('21:00'), at('21:30'), secret);
  const cancel = `mutation($id: ID!) { reservationCancel(id: $id) { ... on ReservationSuccess {
    reservation { undoableAct { id } } } } }`;
  const cancelled = await run(maker.viewer, cancel, { id: globalId('Reservation', id) });
  const act = cancelled.data.reservationCancel.reservation.undoableAct.id;
  const undo = 'mutation($id: ID!) { reservationUndo(id: $id) { __typename } }';
  for (const { viewer } of strangers) {
    expect((await run(viewer, undo, { id: act })).data.reservationUndo.__typename).toBe('NotFound');
  }
});

it('tells a stranger of a live change that something is taken, and those concerned by what', async () => {
  const reader = new StreamReader({ db, bus: ctx.bus, log: ctx.log, catchUpMs: 50 });
  await reader.start();
  const live = new Live({ db, clock: ctx.clock, log: ctx.log, reader });
  const schema = buildHoldfastSchema();
  const document = parse(`subscription($resources: [ID!]!, $window: WindowInput!) {
    availability(resources: $resources, window: $window) {
      ... on AvailabilitySnapshot { busy { reservation { ${FACTS} } } }
      ... on AvailabilityChange { taken { startsAt reservation { ${FACTS} } } } } }`);
  const listen = async (viewer: Viewer) => {
    const frames: string[] = [];
    const attached = await live.attach({
      id: '1',
      args: { schema, document, variableValues: { resources: [roomId], window } },
      ctx: { ...ctx, viewer, signal: new AbortController().signal } as unknown as GraphQLContext,
      show: ({ data }) => ({ data: data ?? null }),
      send: (frame) => frames.push(String(frame)),
      bufferedAmount: () => 0,
      close: () => undefined,
    });
    if (!('detach' in attached)) throw new Error(JSON.stringify(attached.errors));
    return { frames, ...attached };
  };
  const [mine, ...theirs] = [
    await listen(owner.viewer),
    ...(await Promise.all(strangers.map(({ viewer }) => listen(viewer)))),
  ];
  await reserved(boss, [attic.id], at('18:00'), at('18:30'), secret);
  for (const { frames } of theirs) {
    await eventually(() => expect(frames.length).toBeGreaterThan(1));
    expect(frames.join()).toContain(at('18:00').replace('Z', '.000Z'));
    expect(frames.join()).not.toMatch(SECRETS);
    expect(frames.join()).not.toContain('rsv_');
  }
  await eventually(() => expect(mine?.frames.at(-1)).toContain('Merger'));
  for (const each of [mine, ...theirs]) each?.detach();
  await reader.stop();
});

it('is taken without a name in the feeds of strangers', async () => {
  const textOf = async (viewer: Viewer) => {
    const feed = await createFeed(as(viewer), { name: 'Attic', resourceId: attic.id, placeId: null });
    if ('kind' in feed) throw new Error(feed.message);
    return (await showCalendar(ctx, feed.token)) ?? '';
  };
  for (const { viewer } of concerned) {
    const text = JSON.stringify(await textOf(viewer));
    expect(text).toMatch(/SUMMARY:Merger.*CLASS:PRIVATE/s);
  }
  for (const { viewer } of strangers) {
    const text = JSON.stringify(await textOf(viewer));
    expect(text).toContain('SUMMARY:Reserved');
    expect(text).not.toMatch(SECRETS);
    expect(text).not.toContain(rsv);
  }
});

it('is told to webhooks as something that is taken', async () => {
  const hook = await webhook(ctx, 'http://127.0.0.1:9/');
  const { id } = await reserved(boss, [attic.id], at('19:00'), at('19:30'), secret);
  await editReservation(boss, {
    id,
    title: 'Open day',
    details: null,
    visibility: 'PUBLIC',
    expectedVersion: null,
    idempotencyKey: null,
  });
  const bodies = (await claimDeliveries(db, ctx.clock.fixed(), hook.webhook.id, 10, 1_000)).map(({ row }) =>
    payloadOf(row),
  );
  const [created, updated] = bodies.map((body) => JSON.parse(body).data);
  expect(JSON.stringify(created)).not.toMatch(SECRETS);
  expect(created).toMatchObject({
    reservation: { visibility: 'PRIVATE', title: null, details: null, ownerId: null, creatorId: null },
    actorId: null,
  });
  expect(updated.reservation).toMatchObject({ visibility: 'PUBLIC', title: 'Open day' });
});

it('is shown to everybody once it is public, and hidden again, alone and as a whole series', async () => {
  const [stranger] = strangers;
  const show = async (id: string) =>
    (
      await run(
        stranger?.viewer as Viewer,
        `query($id: ID!) { node(id: $id) { id ... on Series { visibility } } }`,
        { id },
      )
    ).data.node;
  const update = (visibility: string) =>
    run(
      owner.viewer,
      `mutation($id: ID!, $visibility: ReservationVisibility!) { a: reservationUpdate(id: $id, input: { visibility: $visibility }) {
        ... on ReservationSuccess { reservation { visibility } } } }`,
      { id: rsv, visibility },
    );
  const updateSeries = (visibility: string) =>
    run(
      owner.viewer,
      `mutation($id: ID!, $visibility: ReservationVisibility!) { a: seriesUpdate(id: $id, input: { scope: ALL, visibility: $visibility }) {
        __typename ... on SeriesReport { undoableAct { id } occurrences { reservation { visibility } } } } }`,
      { id: series.id, visibility },
    );
  expect((await update('PUBLIC')).data.a.reservation).toEqual({ visibility: 'PUBLIC' });
  expect(await show(rsv)).toEqual({ id: rsv });
  await update('PRIVATE');
  expect(await show(rsv)).toBeNull();
  const opened = (await updateSeries('PUBLIC')).data.a;
  expect(opened.occurrences.map((each: { reservation: object }) => each.reservation)).toEqual(
    Array(3).fill({ visibility: 'PUBLIC' }),
  );
  expect(await show(series.id)).toMatchObject({ visibility: 'PUBLIC' });
  expect(await show(occurrence.reservation.id)).not.toBeNull();
  const { data } = await run(owner.viewer, 'mutation($id: ID!) { reservationUndo(id: $id) { __typename } }', {
    id: opened.undoableAct.id,
  });
  expect(data.reservationUndo.__typename).toBe('ReservationUndoSuccess');
  expect(await show(series.id)).toBeNull();
  expect(await show(occurrence.reservation.id)).toBeNull();
});

it('is offered from the waitlist as private as it was wished for', async () => {
  const hook = await webhook(ctx, 'http://127.0.0.1:9/', { events: ['waitlist.offered'] });
  const waiter = await person(db, 'MEMBER', { name: 'Olga Waiter' });
  const taken = await reserved(boss, [attic.id], at('22:00'), at('22:30'));
  const joined = await run(
    waiter.viewer,
    `mutation($input: WaitlistJoinInput!) { waitlistJoin(input: $input) { ... on WaitlistJoinSuccess { wait {
      id visibility title } } ... on UserError { message } } }`,
    {
      input: {
        title: secret.title,
        details: secret.details,
        visibility: 'PRIVATE',
        window: { startsAt: at('22:00'), endsAt: at('22:30') },
        resources: [{ resourceId: roomId }],
      },
    },
  );
  const { wait } = joined.data.waitlistJoin;
  expect(wait).toMatchObject({ visibility: 'PRIVATE', title: 'Merger' });
  const QUEUE = `query($id: ID!) { waitlist(resourceId: $id) { nodes { wait { title details visibility user { name } } } } }`;
  const queueOf = async (viewer: Viewer) => JSON.stringify((await run(viewer, QUEUE, { id: roomId })).data);
  expect(await queueOf(keeper.viewer)).toContain('Merger');
  for (const { viewer } of strangers) expect(await queueOf(viewer)).not.toMatch(SECRETS);
  const cancel = 'mutation($id: ID!) { reservationCancel(id: $id) { __typename } }';
  await run(maker.viewer, cancel, { id: globalId('Reservation', taken.id) });
  const MINE = `{ waits { nodes { state visibility reservation { ${FACTS} } } } }`;
  const [mine] = (await run(waiter.viewer, MINE)).data.waits.nodes;
  expect(mine).toMatchObject({
    state: 'OFFERED',
    visibility: 'PRIVATE',
    reservation: { title: 'Merger', visibility: 'PRIVATE' },
  });
  const { id } = mine.reservation;
  const BY_ID = `query($id: ID!) { reservation(id: $id) { ${FACTS} } node(id: $id) { id } }`;
  for (const { viewer } of strangers) {
    expect((await run(viewer, BY_ID, { id })).data).toEqual({ reservation: null, node: null });
    expect(await queueOf(viewer)).not.toMatch(SECRETS);
  }
  expect((await run(keeper.viewer, BY_ID, { id })).data.reservation).toMatchObject({ title: 'Merger' });
  const due = await claimDeliveries(db, ctx.clock.fixed(), hook.webhook.id, 10, 1_000);
  const payload = due.map(({ row }) => payloadOf(row)).join();
  expect(payload).toContain('waitlist.offered');
  expect(payload).toContain('PRIVATE');
  expect(payload).not.toMatch(SECRETS);
});
