import type { Viewer } from '../../src/domain/act.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { DoorLinks } from '../../src/domain/presence/door-links.js';
import { releaseUnattended } from '../../src/sweeper/tasks.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { testCtx } from '../kit/ctx.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx } = await instance(db);
const mia = await person(db, 'MEMBER', { name: 'Mia' });
const max = await person(db, 'MEMBER', { name: 'Max' });
const guest = await person(db, 'GUEST', { name: 'Gus' });
const manager = await person(db, 'MANAGER', { name: 'Mona' });
const me = testCtx(db, mia.viewer, ctx.clock);
const links = new DoorLinks('a secret of the test');
const run = async (
  source: string,
  variables: object = {},
  viewer: Viewer = mia.viewer,
  publicUrl: string | null = null,
) => {
  const { data, errors } = await ask(
    { ...ctx, links, publicUrl } as typeof ctx,
    viewer,
    source,
    variables as Record<string, unknown>,
  );
  return errors.length > 0 ? errors : data;
};

const FACTS = `__typename
  ... on ReservationSuccess { reservation { id state version window { endsAt }
    checkIn { opensAt releaseAt checkedInAt checkedInBy { name } checkedOutAt checkOut extension strikes }
    viewerCanCheckIn { isAllowed because } } }
  ... on ReservationRefused { reasons { code message opensAt expiresAt latestEnd } }
  ... on UserError { message path }`;
const CHECK_IN = `mutation ($id: ID!, $input: ReservationCheckInInput) { result: reservationCheckIn(id: $id, input: $input) { ${FACTS} } }`;
const CHECK_OUT = `mutation ($id: ID!, $input: ReservationActInput) { result: reservationCheckOut(id: $id, input: $input) { ${FACTS} } }`;
const EXTEND = `mutation ($id: ID!, $input: ReservationExtendInput!) { result: reservationExtend(id: $id, input: $input) { ${FACTS} } }`;
const RULE = `mutation ($input: RuleSetInput!) { ruleSet(input: $input) { __typename
  ... on RuleSetSuccess { rule { kind summary settings { ... on CheckInSettings { opensMinutes graceMinutes strikes checkOut extension anonymous } } } }
  ... on UserError { message path } } }`;
const LINK = 'query ($id: ID!) { resource(id: $id) { checkInLink { checkInUrl doorUrl token qrCode } } }';
const ATTENDANCE = `query ($filter: AttendanceFilter!, $by: AttendanceBy!, $first: Int, $after: String) {
  attendance(filter: $filter, by: $by, first: $first, after: $after) {
    nodes { due noShows rate person { name } resource { name } } pageInfo { hasNextPage endCursor } } }`;

const at = (time: string) => `2027-03-02T${time}:00Z`;
const setRule = (resourceId: string, checkIn: object, viewer = manager.viewer) =>
  run(RULE, { input: { scope: { resourceId: globalId('Resource', resourceId) }, checkIn } }, viewer);
const idOf = ({ id }: { id: string }) => globalId('Reservation', id);
beforeEach(() => ctx.clock.set(at('08:00')));

/** A room with a rule, reserved by Mia from ten to twelve. */
async function awaited(checkIn: object = { graceMinutes: 10 }) {
  const r = await room(db);
  await setRule(r.id, checkIn);
  return { r, reservation: await reserved(me, [r.id], at('10:00'), at('12:00')) };
}

it('sets the rule with what it promises, in words too, and refuses nonsense', async () => {
  const { id } = await room(db);
  expect(await setRule(id, { graceMinutes: 10, strikes: 3 })).toEqual({
    ruleSet: {
      __typename: 'RuleSetSuccess',
      rule: {
        kind: 'CHECK_IN',
        summary:
          'Check in from 15 min before the start on; free again 10 min after it without; a series ends after 3 dates in a row without.',
        settings: {
          opensMinutes: 15,
          graceMinutes: 10,
          strikes: 3,
          checkOut: true,
          extension: true,
          anonymous: false,
        },
      },
    },
  });
  for (const [wrong, field] of [
    [{ graceMinutes: 0 }, 'graceMinutes'],
    [{ graceMinutes: 1441 }, 'graceMinutes'],
    [{ graceMinutes: 5, opensMinutes: -1 }, 'opensMinutes'],
    [{ graceMinutes: 5, strikes: 0 }, 'strikes'],
  ] as const)
    expect(await setRule(id, wrong)).toEqual({
      ruleSet: { __typename: 'InvalidInput', message: expect.any(String), path: ['input', 'checkIn', field] },
    });
});

it('checks in and out, stays longer, and says why not', async () => {
  const { reservation } = await awaited();
  const id = idOf(reservation);
  const early = await run(CHECK_IN, { id });
  expect(early).toMatchObject({
    result: {
      __typename: 'ReservationRefused',
      reasons: [{ code: 'TOO_EARLY', opensAt: '2027-03-02T09:45:00.000Z' }],
    },
  });
  ctx.clock.set(at('09:45'));
  const SHOW =
    'query ($id: ID!) { reservation(id: $id) { viewerCanCheckIn { isAllowed because } checkIn { releaseAt } } }';
  expect(await run(SHOW, { id })).toEqual({
    reservation: {
      viewerCanCheckIn: { isAllowed: true, because: null },
      checkIn: { releaseAt: '2027-03-02T10:10:00.000Z' },
    },
  });
  expect(await run(SHOW, { id }, max.viewer)).toMatchObject({
    reservation: { viewerCanCheckIn: { isAllowed: false, because: 'It belongs to somebody else.' } },
  });
  expect(await run(CHECK_IN, { id })).toMatchObject({
    result: {
      reservation: {
        state: 'CHECKED_IN',
        checkIn: {
          checkedInAt: '2027-03-02T09:45:00.000Z',
          checkedInBy: { name: 'Mia' },
          checkedOutAt: null,
        },
        viewerCanCheckIn: { isAllowed: false, because: 'It is checked in.' },
      },
    },
  });
  ctx.clock.set(at('10:30'));
  const key = { minutes: 30, idempotencyKey: 'longer' };
  const longer = await run(EXTEND, { id, input: key });
  expect(longer).toMatchObject({
    result: { reservation: { window: { endsAt: '2027-03-02T12:30:00.000Z' } } },
  });
  expect(await run(EXTEND, { id, input: key })).toEqual(longer);
  for (const input of [
    {},
    { minutes: 5, window: { endsAt: at('13:00') } },
    { minutes: 0 },
    { minutes: 10_081 },
  ])
    expect(await run(EXTEND, { id, input })).toMatchObject({ result: { __typename: 'InvalidInput' } });
  expect(await run(CHECK_OUT, { id })).toMatchObject({
    result: { reservation: { state: 'COMPLETED', window: { endsAt: '2027-03-02T10:30:00.000Z' } } },
  });
});

it('lists what is checked in to, completed or released, by the clock', async () => {
  const { r, reservation } = await awaited();
  const gone = await reserved(me, [r.id], at('13:00'), at('14:00'));
  ctx.clock.set(at('10:00'));
  await run(CHECK_IN, { id: idOf(reservation) });
  const list = (states: string[]) =>
    run(
      `query ($filter: ReservationFilter) { reservations(filter: $filter) { nodes { state checkIn { releaseAt strikes } } } }`,
      { filter: { resourceIds: [globalId('Resource', r.id)], states } },
    );
  expect(await list(['CHECKED_IN'])).toMatchObject({ reservations: { nodes: [{ state: 'CHECKED_IN' }] } });
  ctx.clock.set(at('13:10'));
  expect(await list(['COMPLETED'])).toMatchObject({ reservations: { nodes: [{ state: 'COMPLETED' }] } });
  expect(await list(['NO_SHOW'])).toEqual({
    reservations: {
      nodes: [{ state: 'NO_SHOW', checkIn: { releaseAt: '2027-03-02T13:10:00.000Z', strikes: null } }],
    },
  });
  expect(await run(CHECK_IN, { id: idOf(gone) })).toMatchObject({
    result: { reasons: [{ code: 'TOO_LATE', expiresAt: '2027-03-02T13:10:00.000Z' }] },
  });
});

it('shows the link at the door to those who manage the resource, and another one once it was changed', async () => {
  const { r } = await awaited();
  const id = globalId('Resource', r.id);
  expect(await run(LINK, { id })).toEqual({ resource: { checkInLink: null } });
  const token = links.token(r.id, 0);
  expect(await run(LINK, { id }, manager.viewer)).toEqual({
    resource: {
      checkInLink: { checkInUrl: `/check-in/${token}`, doorUrl: `/door/${token}`, token, qrCode: null },
    },
  });
  const { resource } = (await run(LINK, { id }, manager.viewer, 'https://rooms.example.com')) as {
    resource: { checkInLink: { checkInUrl: string; qrCode: string } };
  };
  expect(resource.checkInLink.checkInUrl).toBe(`https://rooms.example.com/check-in/${token}`);
  expect(resource.checkInLink.qrCode).toMatch(/^<svg [^>]*>.*<\/svg>$/s);
  const ROTATE = `mutation ($id: ID!) { result: resourceLinkRotate(id: $id) { __typename
    ... on ResourceLinkSuccess { resource { checkInLink { token } } } ... on UserError { message } } }`;
  expect(await run(ROTATE, { id })).toMatchObject({ result: { __typename: 'NotFound' } });
  expect(await run(ROTATE, { id }, manager.viewer)).toEqual({
    result: { __typename: 'ResourceLinkSuccess', resource: { checkInLink: { token: links.token(r.id, 1) } } },
  });
  expect(await psql('select action from audit where subject_id = $1', [r.id])).toEqual([
    { action: 'resource.rotateLink' },
  ]);
});

it('lets whoever is signed in and shows the link check in, and nobody with a wrong one', async () => {
  const { r, reservation } = await awaited();
  ctx.clock.set(at('10:00'));
  const id = idOf(reservation);
  const withLink = (link: string, viewer = guest.viewer) => run(CHECK_IN, { id, input: { link } }, viewer);
  const former = links.token(r.id, 7);
  for (const wrong of [former, 'nonsense', links.token(newId(), 0)])
    expect(await withLink(wrong)).toEqual({
      result: { __typename: 'NotFound', message: 'There is no such link.', path: ['input', 'link'] },
    });
  expect(await run(CHECK_IN, { id }, guest.viewer)).toMatchObject({ result: { __typename: 'NotFound' } });
  expect(await run(CHECK_IN, { id }, max.viewer)).toMatchObject({
    result: { reasons: [{ code: 'NOT_PERMITTED' }] },
  });
  expect(await withLink(links.token(r.id, 0))).toMatchObject({
    result: { reservation: { state: 'CHECKED_IN', checkIn: { checkedInBy: { name: 'Gus' } } } },
  });
});

it('reports who never shows up, and where, page by page, for managers', async () => {
  const [one, two] = [await awaited(), await awaited()];
  const theirs = testCtx(db, max.viewer, ctx.clock);
  await reserved(theirs, [one.r.id, two.r.id], at('13:00'), at('14:00'));
  await reserved(theirs, [two.r.id], at('15:00'), at('16:00'));
  ctx.clock.set(at('10:00'));
  await run(CHECK_IN, { id: idOf(one.reservation) });
  ctx.clock.set(at('13:10'));
  const filter = {
    window: { startsAt: at('00:00'), endsAt: at('23:00') },
    resourceIds: [one, two].map(({ r }) => globalId('Resource', r.id)),
  };
  const report = (more: object, viewer = manager.viewer) =>
    run(ATTENDANCE, { filter, by: 'PERSON', ...more }, viewer);
  const people = {
    nodes: [
      { due: 2, noShows: 1, rate: 0.5, person: { name: 'Mia' }, resource: null },
      { due: 1, noShows: 1, rate: 1, person: { name: 'Max' }, resource: null },
    ],
    pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
  };
  const byClock = await report({});
  expect(byClock).toEqual({ attendance: people });
  await releaseUnattended(ctx);
  expect(await report({})).toEqual(byClock);
  expect(await report({ filter: { ...filter, ownerId: globalId('User', max.id) } })).toMatchObject({
    attendance: { nodes: [{ due: 1, noShows: 1 }] },
  });
  const first = (await report({ by: 'RESOURCE', first: 1 })) as { attendance: typeof people };
  expect(first.attendance).toMatchObject({
    nodes: [{ due: 2, noShows: 2, resource: { name: two.r.name } }],
    pageInfo: { hasNextPage: true },
  });
  expect(
    await report({ by: 'RESOURCE', first: 1, after: first.attendance.pageInfo.endCursor }),
  ).toMatchObject({
    attendance: {
      nodes: [{ due: 2, noShows: 1, resource: { name: one.r.name } }],
      pageInfo: { hasNextPage: false },
    },
  });
  expect(await report({}, mia.viewer)).toMatchObject([{ code: 'FORBIDDEN' }]);
  expect(await report({ after: 'nonsense' })).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  expect(await report({ first: 0 })).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
});
