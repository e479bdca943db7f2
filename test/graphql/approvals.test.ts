import type { Viewer } from '../../src/domain/act.js';
import type { NodeKind } from '../../src/domain/failure.js';
import { globalId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db } = await useDatabase();
const { ctx } = await instance(db);
const manager = await person(db, 'MANAGER');
const member = await person(db, 'MEMBER', { name: 'Mia' });
const boss = await person(db, 'MEMBER', { name: 'Bo' });
const deputy = await person(db, 'MEMBER', { name: 'Dee' });
const gid = (kind: NodeKind, { id }: { id: string }) => globalId(kind, id);
const run = (viewer: Viewer | null, source: string, variables: object = {}) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const REFUSAL = '... on UserError { message path } ... on ReservationRefused { reasons { code } }';
const SET = `mutation ($input: RuleSetInput!) { result: ruleSet(input: $input) { __typename
  ... on RuleSetSuccess { rule { kind name summary settings { ... on ApprovalSettings {
    overMinutes outsideHours deadlineMinutes remindMinutes escalateMinutes
    steps { managers users { name } groups { name } } escalation { users { name } } } } } }
  ... on UserError { message path } } }`;
const APPROVAL = `state expiresAt approval { step isAskedBack escalatesAt
  steps { rule managers users { name } groups { name } }
  words(first: 10) { nodes { kind step words saidAt user { name } onBehalfOf { name } } } }`;
const DECIDE = `mutation ($id: ID!, $input: ApprovalDecideInput!) { result: approvalDecide(id: $id, input: $input) {
  __typename ... on ReservationSuccess { reservation { ${APPROVAL} } } ${REFUSAL} } }`;
const ANSWER = `mutation ($id: ID!, $input: ApprovalAnswerInput!) { result: approvalAnswer(id: $id, input: $input) {
  __typename ... on ReservationSuccess { reservation { ${APPROVAL} } } ${REFUSAL} } }`;
const WAITING = `query ($first: Int!, $after: String) { approvals(first: $first, after: $after) {
  nodes { id title } pageInfo { hasNextPage endCursor } } }`;

const approval = (resource: { id: string }, more: object = {}) => ({
  scope: { resourceId: gid('Resource', resource) },
  name: 'Sign-off',
  approval: { steps: [{ userIds: [gid('User', boss)] }], deadlineMinutes: 1440, ...more },
});
const reserve = (resourceId: string, from: string, to: string) =>
  reserved({ ...ctx, viewer: member.viewer }, [resourceId], `2027-03-02T${from}:00Z`, `2027-03-02T${to}:00Z`);

it('is a rule with steps, times and an escalation, told in words', async () => {
  const r = await room(db);
  const input = approval(r, {
    overMinutes: 240,
    outsideHours: true,
    steps: [{ userIds: [gid('User', boss)] }, { managers: true }],
    remindMinutes: 60,
    escalateMinutes: 120,
    escalation: { userIds: [gid('User', deputy)] },
  });
  const set = await run(manager.viewer, SET, { input });
  expect(set.data.result).toEqual({
    __typename: 'RuleSetSuccess',
    rule: {
      kind: 'APPROVAL',
      name: 'Sign-off',
      summary:
        'Sign-off: reservations over 4 h or outside opening hours must be approved by a named person, then by who manages the resource, within 1 day.',
      settings: {
        overMinutes: 240,
        outsideHours: true,
        deadlineMinutes: 1440,
        remindMinutes: 60,
        escalateMinutes: 120,
        steps: [
          { managers: false, users: [{ name: 'Bo' }], groups: [] },
          { managers: true, users: [], groups: [] },
        ],
        escalation: { users: [{ name: 'Dee' }] },
      },
    },
  });
});

it.each([
  ['no step', { steps: [] }, 'steps'],
  ['nobody who decides', { steps: [{}] }, 'steps.0'],
  ['an unknown person', { steps: [{ userIds: ['usr_00000000000000000000000000000000'] }] }, 'steps'],
  ['somebody twice', { steps: [{ userIds: ['usr_x', 'usr_x'] }] }, 'steps.0.userIds'],
  ['no time to decide', { deadlineMinutes: 0 }, 'deadlineMinutes'],
  ['a reminder after the deadline', { remindMinutes: 1441 }, 'remindMinutes'],
  ['an escalation to nobody', { escalateMinutes: 5 }, 'escalation'],
  ['an escalation at no time', { escalation: { managers: true } }, 'escalateMinutes'],
])('cannot be a rule with %s', async (_, more, field) => {
  const input = approval(await room(db), more);
  const { result } = (await run(manager.viewer, SET, { input })).data;
  expect(result).toMatchObject({
    __typename: 'InvalidInput',
    path: ['input', 'approval', ...field.split('.')],
  });
});

it('is asked, questioned, answered and decided, with all that was said', async () => {
  const r = await room(db);
  await run(manager.viewer, SET, { input: approval(r) });
  const id = gid('Reservation', await reserve(r.id, '09:00', '10:00'));
  const asked = await run(boss.viewer, DECIDE, { id, input: { decision: 'ASKED_BACK', words: 'Why?' } });
  expect(asked.data.result.reservation).toMatchObject({
    state: 'PENDING_APPROVAL',
    expiresAt: '2027-03-02T08:00:00.000Z',
    approval: { isAskedBack: true, step: 0, steps: [{ rule: 'Sign-off', users: [{ name: 'Bo' }] }] },
  });
  await run(member.viewer, ANSWER, { id, input: { words: 'Because' } });
  const ADD = `mutation ($input: DeputyAddInput!) { result: deputyAdd(input: $input) { __typename
    ... on DeputySuccess { deputy { id fromAt untilAt user { name } deputy { name } } } ... on UserError { path } } }`;
  const added = await run(boss.viewer, ADD, {
    input: { deputyId: gid('User', deputy), until: '2027-03-03T00:00:00Z' },
  });
  expect(added.data.result.deputy).toMatchObject({
    fromAt: '2027-03-01T08:00:00.000Z',
    untilAt: '2027-03-03T00:00:00.000Z',
    user: { name: 'Bo' },
    deputy: { name: 'Dee' },
  });
  const self = await run(boss.viewer, ADD, { input: { deputyId: gid('User', boss) } });
  expect(self.data.result).toMatchObject({ __typename: 'InvalidInput', path: ['input', 'deputyId'] });
  const done = await run(deputy.viewer, DECIDE, { id, input: { decision: 'APPROVED', step: 0 } });
  expect(done.data.result.reservation).toMatchObject({
    state: 'CONFIRMED',
    expiresAt: null,
    approval: {
      step: 1,
      isAskedBack: false,
      words: {
        nodes: [
          { kind: 'ASKED_BACK', words: 'Why?', user: { name: 'Bo' }, onBehalfOf: null },
          { kind: 'ANSWERED', words: 'Because', user: { name: 'Mia' }, onBehalfOf: null },
          { kind: 'APPROVED', words: '', user: { name: 'Dee' }, onBehalfOf: { name: 'Bo' } },
        ],
      },
    },
  });
  const late = await run(boss.viewer, DECIDE, { id, input: { decision: 'REJECTED', words: 'No' } });
  expect(late.data.result).toMatchObject({
    __typename: 'ReservationRefused',
    reasons: [{ code: 'ALREADY_DECIDED' }],
  });
  const DEPUTIES = '{ deputies { id deputy { name } } }';
  const { deputies } = (await run(boss.viewer, DEPUTIES)).data;
  expect(deputies).toEqual([{ id: added.data.result.deputy.id, deputy: { name: 'Dee' } }]);
  const REMOVE = `mutation ($id: ID!) { result: deputyRemove(id: $id) { __typename } }`;
  expect((await run(member.viewer, REMOVE, deputies[0])).data.result.__typename).toBe('NotFound');
  expect((await run(boss.viewer, REMOVE, deputies[0])).data.result.__typename).toBe('DeputySuccess');
  expect((await run(boss.viewer, DEPUTIES)).data.deputies).toEqual([]);
});

it('lists what waits for the viewer by deadline, page by page', async () => {
  const r = await room(db);
  await run(manager.viewer, SET, { input: approval(r, { deadlineMinutes: 2000 }) });
  const ids = [];
  for (const hour of ['13', '11', '12'])
    ids.push(gid('Reservation', await reserve(r.id, `${hour}:00`, `${hour}:30`)));
  const [thirteen, eleven, twelve] = ids;
  const first = await run(boss.viewer, WAITING, { first: 2 });
  expect(first.data.approvals.nodes.map(({ id }: { id: string }) => id)).toEqual([eleven, twelve]);
  const { endCursor } = first.data.approvals.pageInfo;
  const rest = await run(boss.viewer, WAITING, { first: 2, after: endCursor });
  expect(rest.data.approvals).toMatchObject({ nodes: [{ id: thirteen }], pageInfo: { hasNextPage: false } });
  expect((await run(member.viewer, WAITING, { first: 2 })).data.approvals.nodes).toEqual([]);
  expect((await run(null, WAITING, { first: 2 })).errors[0]?.code).toBe('UNAUTHENTICATED');
  expect((await run(boss.viewer, WAITING, { first: 2, after: 'xx' })).errors[0]?.code).toBe('BAD_USER_INPUT');
});

it('is shown by a dry run as it will be', async () => {
  const r = await room(db);
  await run(manager.viewer, SET, {
    input: approval(r, { escalateMinutes: 5, escalation: { managers: true } }),
  });
  const CREATE = `mutation ($input: ReservationCreateInput!) { result: reservationCreate(input: $input) { __typename
    ... on ReservationSuccess { reservation { ${APPROVAL} } } } }`;
  const input = {
    title: 'Planning',
    resources: [{ resourceId: gid('Resource', r) }],
    window: { startsAt: '2027-03-02T09:00:00Z', endsAt: '2027-03-02T10:00:00Z' },
  };
  const rehearsed = await run(member.viewer, CREATE, { input: { ...input, dryRun: true } });
  expect(rehearsed.data.result.reservation.approval).toMatchObject({
    step: 0,
    escalatesAt: '2027-03-01T08:05:00.000Z',
    steps: [{ rule: 'Sign-off' }],
    words: { nodes: [] },
  });
  expect((await run(member.viewer, CREATE, { input })).data).toEqual(rehearsed.data);
});
