import type { Viewer } from '../../src/domain/act.js';
import type { NodeKind } from '../../src/domain/failure.js';
import { globalId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { place, room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const manager = await person(db, 'MANAGER', { name: 'Max' });
const member = await person(db, 'MEMBER');
const guest = await person(db, 'GUEST');
const gid = (kind: NodeKind, { id }: { id: string }) => globalId(kind, id);
const run = (viewer: Viewer | null, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);
const reserve = (resourceId: string, from: string, to: string) =>
  reserved({ ...ctx, viewer: member.viewer }, [resourceId], `2027-03-02T${from}:00Z`, `2027-03-02T${to}:00Z`);

const ERROR = '... on UserError { message path } ... on VersionConflict { currentVersion current { id } }';
const MET = 'met { totalCount reservations { id state } }';
const CLOSURE = `id title startsLocal endsLocal rrule exdates origin version createdAt isWholeDays isImported
  closing { id closedAt undoableUntilAt undoneAt } resource { name } resourceType { name } place { name } creator { name }`;
const CREATE = `mutation ($input: ClosureCreateInput!) { result: closureCreate(input: $input) { __typename
  ... on ClosureSuccess { closing { id } closure { ${CLOSURE} } ${MET} } ${ERROR.replace(/\.\.\. on VersionConflict.*/, '')} } }`;
const UPDATE = `mutation ($id: ID!, $input: ClosureUpdateInput!) { result: closureUpdate(id: $id, input: $input) { __typename
  ... on ClosureSuccess { closing { id } closure { title version } ${MET} } ${ERROR} } }`;
const REMOVE = `mutation ($id: ID!, $input: ClosureRemoveInput) { result: closureRemove(id: $id, input: $input) { __typename
  ... on ClosureRemoveSuccess { closure { title } } ${ERROR} } }`;
const UNDO = `mutation ($id: ID!, $after: String) { result: closingUndo(id: $id) { __typename
  ... on ClosingUndoSuccess { removedCount changedBackCount restoredCount outcomes(first: 1, after: $after) {
    nodes { isRestored reservation { id state } reasons { code message closure { title } } }
    pageInfo { hasNextPage endCursor } } }
  ... on UserError { message } ... on UndoTooLate { undoableUntilAt } } }`;
const PREVIEW = `query ($input: ClosurePreviewInput!) { result: closurePreview(input: $input) { __typename
  ... on MetReservations { totalCount reservations { id } } ... on UserError { message path } } }`;
const IMPORT = `mutation ($input: ClosuresImportInput!) { result: closuresImport(input: $input) { __typename
  ... on ClosuresImportSuccess { createdCount updatedCount unchangedCount pastCount cancelledCount
    problems { line uid message } closing { id } ${MET} }
  ... on UserError { message path } ... on ClosuresImportRefused { problems { line uid message } } } }`;
const NOTIFICATIONS = `query ($first: Int, $after: String, $unreadOnly: Boolean) {
  notifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
    nodes { id kind message createdAt readAt reservation { id state } } pageInfo { hasNextPage endCursor } } }`;
const READ = `mutation ($ids: [ID!]!) { notificationRead(input: { ids: $ids }) {
  ... on NotificationReadSuccess { notifications { id readAt } } ... on UserError { path } } }`;

const morning = (resource: { id: string }, more: object = {}) => ({
  title: 'Maintenance',
  scope: { resourceId: gid('Resource', resource) },
  startsLocal: '2027-03-02T09:00',
  endsLocal: '2027-03-02T11:00',
  ...more,
});

describe('closures by GraphQL', () => {
  it('are previewed, made, changed, shown and removed', async () => {
    const r = await room(db, { name: 'Lab', timeZone: 'Europe/Berlin' });
    const met = await reserve(r.id, '08:00', '09:00');
    const preview = await run(manager.viewer, PREVIEW, { input: morning(r) });
    expect(preview.data.result).toEqual({
      __typename: 'MetReservations',
      totalCount: 1,
      reservations: [{ id: gid('Reservation', met) }],
    });
    const made = await run(manager.viewer, CREATE, { input: morning(r) });
    const { closure } = made.data.result;
    expect(made.data.result).toMatchObject({
      closure: {
        title: 'Maintenance',
        startsLocal: '2027-03-02T09:00:00.000',
        endsLocal: '2027-03-02T11:00:00.000',
        rrule: null,
        exdates: [],
        origin: 'RESOURCE',
        version: 1,
        createdAt: '2027-03-01T08:00:00.000Z',
        closing: {
          id: expect.stringMatching(/^clg_/),
          closedAt: '2027-03-01T08:00:00.000Z',
          undoableUntilAt: '2027-03-01T08:10:00.000Z',
          undoneAt: null,
        },
        isWholeDays: false,
        isImported: false,
        resource: { name: 'Lab' },
        resourceType: null,
        place: null,
        creator: { name: 'Max' },
      },
      met: { totalCount: 1, reservations: [{ id: gid('Reservation', met), state: 'CONFIRMED' }] },
    });
    const shown = await run(
      member.viewer,
      `query ($id: ID!, $resource: ID!) { closure(id: $id) { title } node(id: $id) { __typename id }
         resource(id: $resource) { closures(window: { startsAt: "2027-03-01T00:00:00Z", endsAt: "2027-03-08T00:00:00Z" }) {
           nodes { window { startsAt endsAt } closure { id } } } } }`,
      { id: closure.id, resource: gid('Resource', r) },
    );
    expect(shown.data).toEqual({
      closure: { title: 'Maintenance' },
      node: { __typename: 'Closure', id: closure.id },
      resource: {
        closures: {
          nodes: [
            {
              window: { startsAt: '2027-03-02T08:00:00.000Z', endsAt: '2027-03-02T10:00:00.000Z' },
              closure: { id: closure.id },
            },
          ],
        },
      },
    });
    const changed = await run(manager.viewer, UPDATE, { id: closure.id, input: { title: 'Painting' } });
    expect(changed.data.result.closure).toEqual({ title: 'Painting', version: 2 });
    const stale = { id: closure.id, input: { expectedVersion: 1 } };
    expect((await run(manager.viewer, UPDATE, stale)).data.result).toMatchObject({
      __typename: 'VersionConflict',
      currentVersion: 2,
      current: { id: closure.id },
    });
    expect((await run(manager.viewer, REMOVE, stale)).data.result.__typename).toBe('VersionConflict');
    expect((await run(member.viewer, REMOVE, { id: closure.id })).data.result.__typename).toBe('NotFound');
    expect((await run(manager.viewer, REMOVE, { id: closure.id })).data.result.closure).toEqual({
      title: 'Painting',
    });
  });

  it('are listed by scope and window, page by page', async () => {
    const site = await place(db);
    const scope = { placeId: gid('Place', site) };
    const days = ['2027-05-01', '2027-06-01', '2027-07-01'];
    for (const startsLocal of days) {
      const endsLocal = startsLocal.replace(/01$/, '02');
      await run(manager.viewer, CREATE, { input: { title: startsLocal, scope, startsLocal, endsLocal } });
    }
    const LIST = `query ($filter: ClosureFilter, $after: String) { closures(first: 2, filter: $filter, after: $after) {
      nodes { title isWholeDays origin place { id } } pageInfo { hasNextPage endCursor } } }`;
    const first = await run(member.viewer, LIST, { filter: { scope } });
    expect(first.data.closures.nodes.map(({ title }: { title: string }) => title)).toEqual(days.slice(0, 2));
    expect(first.data.closures.nodes[0]).toMatchObject({
      isWholeDays: true,
      origin: 'PLACE',
      place: { id: scope.placeId },
    });
    const { endCursor } = first.data.closures.pageInfo;
    const next = await run(member.viewer, LIST, { filter: { scope }, after: endCursor });
    expect(next.data.closures).toMatchObject({
      nodes: [{ title: '2027-07-01' }],
      pageInfo: { hasNextPage: false },
    });
    const window = { startsAt: '2027-06-01T12:00:00Z', endsAt: '2027-06-02T00:00:00Z' };
    const within = await run(member.viewer, LIST, { filter: { scope, window } });
    expect(within.data.closures.nodes).toMatchObject([{ title: '2027-06-01' }]);
    const bad = await run(member.viewer, LIST, { after: 'bm90IG91cnM' });
    expect(bad.errors[0]?.code).toBe('BAD_USER_INPUT');
  });

  it('stand in the reason that they give', async () => {
    const r = await room(db);
    await run(manager.viewer, CREATE, { input: morning(r) });
    const refused = await run(
      member.viewer,
      `mutation ($input: ReservationCreateInput!) { reservationCreate(input: $input) {
        ... on ReservationRefused { reasons { code span { startsAt } closure { title resource { id } } } } } }`,
      {
        input: {
          title: 'Planning',
          window: { startsAt: '2027-03-02T08:30:00Z', endsAt: '2027-03-02T09:30:00Z' },
          resources: [{ resourceId: gid('Resource', r) }],
        },
      },
    );
    expect(refused.data.reservationCreate.reasons).toEqual([
      {
        code: 'CLOSED',
        span: { startsAt: '2027-03-02T09:00:00.000Z' },
        closure: { title: 'Maintenance', resource: { id: gid('Resource', r) } },
      },
    ]);
  });

  it('cancel, tell the owners, and are undone with an answer for each reservation', async () => {
    const r = await room(db, { name: 'Hall' });
    const [first, second] = [await reserve(r.id, '09:00', '10:00'), await reserve(r.id, '10:00', '11:00')];
    const input = morning(r, { existing: 'CANCEL' });
    const made = await run(manager.viewer, CREATE, { input });
    expect(made.data.result.met).toEqual({
      totalCount: 2,
      reservations: [first, second].map((each) => ({ id: gid('Reservation', each), state: 'CANCELLED' })),
    });
    const later = { title: 'Painting', startsLocal: '2027-03-02T10:00' };
    await run(manager.viewer, CREATE, { input: { ...morning(r), ...later } });
    const { id } = made.data.result.closing;
    ctx.clock.advance(1_000);
    const undone = await run(manager.viewer, UNDO, { id });
    expect(undone.data.result).toMatchObject({
      removedCount: 1,
      changedBackCount: 0,
      restoredCount: 1,
      outcomes: {
        nodes: [
          {
            isRestored: true,
            reasons: [],
            reservation: { id: gid('Reservation', first), state: 'CONFIRMED' },
          },
        ],
        pageInfo: { hasNextPage: true },
      },
    });
    const after = undone.data.result.outcomes.pageInfo.endCursor;
    const more = await run(manager.viewer, UNDO, { id, after });
    expect(more.data.result).toMatchObject({
      restoredCount: 1,
      outcomes: {
        nodes: [
          {
            isRestored: false,
            reservation: { id: gid('Reservation', second), state: 'CANCELLED' },
            reasons: [
              { code: 'CLOSED', message: 'Hall is closed: Painting.', closure: { title: 'Painting' } },
            ],
          },
        ],
        pageInfo: { hasNextPage: false },
      },
    });
    const told = await run(member.viewer, NOTIFICATIONS, { first: 2 });
    expect(told.data.notifications).toMatchObject({
      nodes: [
        { kind: 'RESTORED_AFTER_CLOSURE', readAt: null, reservation: { id: gid('Reservation', first) } },
        { kind: 'CANCELLED_BY_CLOSURE' },
      ],
      pageInfo: { hasNextPage: true },
    });
    const [newest] = told.data.notifications.nodes;
    expect((await run(guest.viewer, READ, { ids: [newest.id] })).data.notificationRead.notifications).toEqual(
      [],
    );
    expect(
      (await run(member.viewer, READ, { ids: [newest.id] })).data.notificationRead.notifications,
    ).toEqual([{ id: newest.id, readAt: ctx.clock.fixed() }]);
    ctx.clock.advance(-1_000);
    const unread = await run(member.viewer, NOTIFICATIONS, { unreadOnly: true });
    expect(unread.data.notifications.nodes).toHaveLength(2);
    const rest = await run(member.viewer, NOTIFICATIONS, {
      after: told.data.notifications.pageInfo.endCursor,
    });
    expect(rest.data.notifications.nodes).toHaveLength(1);
    const node = 'query ($id: ID!) { node(id: $id) { ... on Notification { kind } } }';
    expect((await run(member.viewer, node, { id: newest.id })).data.node).toEqual({
      kind: 'RESTORED_AFTER_CLOSURE',
    });
    expect((await run(manager.viewer, node, { id: newest.id })).data.node).toBeNull();
  });

  it('cannot be undone when ten minutes are over', async () => {
    const r = await room(db);
    const made = await run(manager.viewer, CREATE, { input: morning(r) });
    ctx.clock.advance(10 * 60_000);
    const late = await run(manager.viewer, UNDO, { id: made.data.result.closing.id });
    ctx.clock.advance(-10 * 60_000);
    expect(late.data.result).toEqual({
      __typename: 'UndoTooLate',
      message: 'What was closed can be undone for ten minutes; change or remove the closures instead.',
      undoableUntilAt: '2027-03-01T08:10:00.000Z',
    });
  });

  it('are imported from a calendar', async () => {
    const site = await place(db);
    const scope = { placeId: gid('Place', site) };
    const event = (uid: string, date: string) =>
      `BEGIN:VEVENT\nUID:${uid}\nDTSTART;VALUE=DATE:${date}\nSUMMARY:${uid}\nEND:VEVENT\n`;
    const text = `BEGIN:VCALENDAR\n${event('Labour Day', '20270501')}${event('wrong', '20270230')}END:VCALENDAR\n`;
    const refused = await run(manager.viewer, IMPORT, { input: { text, scope } });
    expect(refused.data.result).toMatchObject({
      __typename: 'ClosuresImportRefused',
      path: ['input', 'text'],
      problems: [{ line: 7, uid: 'wrong' }],
    });
    const done = await run(manager.viewer, IMPORT, { input: { text, scope, skipInvalid: true } });
    expect(done.data.result).toMatchObject({
      createdCount: 1,
      updatedCount: 0,
      unchangedCount: 0,
      pastCount: 0,
      cancelledCount: 0,
      problems: [{ uid: 'wrong' }],
      met: { totalCount: 0, reservations: [] },
      closing: { id: expect.stringMatching(/^clg_/) },
    });
    const { id } = done.data.result.closing;
    const undone = await run(manager.viewer, UNDO, { id });
    expect(undone.data.result).toMatchObject({ removedCount: 1, changedBackCount: 0, restoredCount: 0 });
    const node = 'query ($id: ID!) { node(id: $id) { ... on Closing { undoneAt } } }';
    expect((await run(manager.viewer, node, { id })).data.node).toEqual({
      undoneAt: '2027-03-01T08:00:00.000Z',
    });
    expect((await run(manager.viewer, UNDO, { id: 'clg_x' })).data.result.__typename).toBe('NotFound');
    expect((await run(member.viewer, IMPORT, { input: { text, scope } })).data.result).toMatchObject({
      __typename: 'InvalidInput',
      path: ['input', 'scope'],
    });
    const nobody = await run(null, IMPORT, { input: { text, scope } });
    expect(nobody.errors[0]?.code).toBe('UNAUTHENTICATED');
  });
});
