import type { Viewer } from '../../src/domain/act.js';
import { globalId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { place, resourceType, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const member = await person(db, 'MEMBER', { name: 'Mia' });
const other = await person(db, 'MEMBER');
const guest = await person(db, 'GUEST');
const run = (viewer: Viewer | null, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const OCCURRENCES = `occurrences { startsLocal isShifted outcome window { startsAt endsAt }
  reservation { id state version occurrence { startsLocal isDetached } resources { resource { name } } }
  reasons { code message resource { name } conflicts { window { startsAt } reservation { title } } }
  substitutes { wanted { name } resource { name } } }`;
const RESULT = `__typename ... on SeriesReport { series { id title rrule version startsLocal cancelledAt
    previous { id } } ${OCCURRENCES} }
  ... on SeriesRefused { message reasons { code message } ${OCCURRENCES} } ... on UserError { message path }`;
const STALE = '... on VersionConflict { currentVersion current { id __typename } }';
const CREATE = `mutation ($input: SeriesCreateInput!) { result: seriesCreate(input: $input) { ${RESULT} } }`;
const UPDATE = `mutation ($id: ID!, $input: SeriesUpdateInput!) { result: seriesUpdate(id: $id, input: $input) { ${RESULT} ${STALE} } }`;
const CANCEL = `mutation ($id: ID!, $input: SeriesCancelInput!) { result: seriesCancel(id: $id, input: $input) { ${RESULT} ${STALE} } }`;
const READ = `query ($id: ID!, $first: Int!, $after: String) { series(id: $id) {
  id title details rrule exdates rdates startsLocal endsLocal timeZone summary version createdAt updatedAt
  resources { quantity resource { name } } owner { name } creator { name } next { id window { startsAt } }
  reservations(first: $first, after: $after) {
    nodes { id state series { id } occurrence { startsLocal isDetached } owner { name } }
    pageInfo { hasNextPage endCursor } } } }`;

const site = await place(db);
const type = await resourceType(db);
const facts = { placeId: site.id, typeId: type.id, timeZone: 'Europe/Berlin' };

const weekly = (resourceId: string, more: object = {}) => ({
  title: 'Jour fixe',
  resources: [{ resourceId: globalId('Resource', resourceId) }],
  startsLocal: '2027-03-16T09:00',
  endsLocal: '2027-03-16T10:00',
  rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=4',
  ...more,
});

const create = async (viewer: Viewer, input: object) => {
  const { data, errors } = await run(viewer, CREATE, { input });
  expect(errors).toEqual([]);
  return data.result;
};

it('makes a series that keeps its wall clock, and shows it with its reservations', async () => {
  const r = await room(db, facts);
  const report = await create(member.viewer, weekly(r.id));
  expect(report).toMatchObject({ __typename: 'SeriesReport', series: { title: 'Jour fixe', version: 1 } });
  expect(report.occurrences.map(({ window }: { window: { startsAt: string } }) => window.startsAt)).toEqual([
    '2027-03-16T08:00:00.000Z',
    '2027-03-30T07:00:00.000Z',
    '2027-04-13T07:00:00.000Z',
    '2027-04-27T07:00:00.000Z',
  ]);
  const variables = { id: report.series.id, first: 3 };
  const { series } = (await run(member.viewer, READ, variables)).data;
  expect(series).toMatchObject({
    timeZone: 'Europe/Berlin',
    summary: 'Every 2 weeks on Tuesday, 4 times, 09:00–10:00 Europe/Berlin',
    owner: { name: 'Mia' },
    resources: [{ quantity: 1, resource: { name: r.name } }],
    next: { id: report.occurrences[0].reservation.id },
  });
  expect(series.reservations.nodes).toHaveLength(3);
  expect(series.reservations.nodes[0]).toMatchObject({ series: { id: series.id }, owner: { name: 'Mia' } });
  const after = series.reservations.pageInfo.endCursor;
  const rest = (await run(member.viewer, READ, { ...variables, after })).data.series.reservations;
  expect(rest).toMatchObject({ nodes: [{ state: 'CONFIRMED' }], pageInfo: { hasNextPage: false } });
  const node = await run(member.viewer, 'query ($id: ID!) { node(id: $id) { __typename id } }', variables);
  expect(node.data.node).toEqual({ __typename: 'Series', id: series.id });
});

it('reports conflicts by date, and what stands in for the room', async () => {
  const [r, spare] = [
    await room(db, { ...facts, name: 'First' }),
    await room(db, { ...facts, name: 'Spare' }),
  ];
  const single = {
    rrule: 'FREQ=DAILY;COUNT=1',
    startsLocal: '2027-03-30T09:30',
    endsLocal: '2027-03-30T11:00',
  };
  await create(other.viewer, weekly(r.id, single));
  const refused = await create(member.viewer, weekly(r.id));
  expect(refused).toMatchObject({
    __typename: 'SeriesRefused',
    reasons: [{ code: 'SLOT_TAKEN' }],
    occurrences: [{ outcome: 'SKIPPED', reservation: null, reasons: [{ resource: { name: 'First' } }] }],
  });
  const allowed = await create(member.viewer, weekly(r.id, { maxConflicts: 1, dryRun: true }));
  expect(allowed.occurrences.map((each: { outcome: string }) => each.outcome)).toEqual([
    'RESERVED',
    'SKIPPED',
    'RESERVED',
    'RESERVED',
  ]);
  const input = weekly(r.id, { mode: 'SUBSTITUTE', idempotencyKey: 'k' });
  const report = await create(member.viewer, input);
  expect(report.occurrences[1]).toMatchObject({
    outcome: 'SUBSTITUTED',
    reservation: { resources: [{ resource: { name: 'Spare' } }] },
    substitutes: [{ wanted: { name: 'First' }, resource: { name: spare.name } }],
  });
  expect(await create(member.viewer, input)).toEqual(report);
  expect(await create(member.viewer, { ...input, title: 'Else' })).toMatchObject({
    __typename: 'IdempotencyKeyReused',
  });
});

it('changes and cancels one, this and following, or all by the id of a reservation or of the series', async () => {
  const report = await create(member.viewer, weekly((await room(db, facts)).id));
  const [first, second, third] = report.occurrences.map(
    ({ reservation }: { reservation: { id: string } }) => reservation.id,
  );
  const change = async (id: string, input: object) =>
    (await run(member.viewer, UPDATE, { id, input })).data.result;
  expect(await change(first, { scope: 'THIS', startTime: '14:00' })).toMatchObject({
    occurrences: [{ outcome: 'CHANGED', reservation: { occurrence: { isDetached: true } } }],
  });
  const following = await change(third, { scope: 'THIS_AND_FOLLOWING', title: 'New', startTime: '10:00' });
  expect(following).toMatchObject({
    series: { title: 'New', previous: { id: report.series.id }, startsLocal: '2027-04-13T10:00' },
    occurrences: [{ startsLocal: expect.stringMatching(/^2027-04-13T10:00/) }, { outcome: 'CHANGED' }],
  });
  const stale = await change(report.series.id, { scope: 'ALL', title: 'X', expectedVersion: 1 });
  expect(stale).toMatchObject({ __typename: 'VersionConflict', current: { __typename: 'Series' } });
  const cancel = async (id: string, input: object) =>
    (await run(member.viewer, CANCEL, { id, input })).data.result;
  expect(await cancel(second, { scope: 'THIS' })).toMatchObject({
    occurrences: [{ outcome: 'CANCELLED', reservation: { state: 'CANCELLED' } }],
  });
  expect(await cancel(following.series.id, { scope: 'ALL' })).toMatchObject({
    series: { cancelledAt: expect.any(String) },
    occurrences: [{ outcome: 'CANCELLED' }, { outcome: 'CANCELLED' }],
  });
  expect(await cancel(following.series.id, { scope: 'THIS' })).toMatchObject({ __typename: 'NotFound' });
});

it('shows a series to everybody but guests, and lets nobody in who is not signed in', async () => {
  const report = await create(member.viewer, weekly((await room(db, facts)).id));
  const variables = { id: report.series.id, first: 1 };
  expect((await run(other.viewer, READ, variables)).data.series).toMatchObject({ id: report.series.id });
  expect((await run(guest.viewer, READ, variables)).data.series).toBeNull();
  expect((await run(null, READ, variables)).errors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  const titled = { id: report.series.id, input: { scope: 'ALL', title: 'Mine' } };
  expect((await run(other.viewer, UPDATE, titled)).data.result).toMatchObject({
    __typename: 'SeriesRefused',
    reasons: [{ code: 'NOT_PERMITTED' }],
  });
  expect((await run(guest.viewer, UPDATE, titled)).data.result).toMatchObject({ __typename: 'NotFound' });
});

it('says of rules that cannot be followed why', async () => {
  const { id } = await room(db, facts);
  for (const rrule of ['FREQ=WEEKLY', 'FREQ=SOMETIMES;COUNT=2', 'FREQ=DAILY;COUNT=2000']) {
    expect(await create(member.viewer, weekly(id, { rrule }))).toMatchObject({
      __typename: 'SeriesRefused',
      path: ['input', 'rrule'],
      reasons: [{ code: 'INVALID_RRULE' }],
    });
  }
  const far = await create(member.viewer, weekly(id, { rrule: 'FREQ=MONTHLY;COUNT=50' }));
  expect(far).toMatchObject({ reasons: [{ code: 'TOO_FAR_AHEAD' }] });
});
