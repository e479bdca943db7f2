import { parse } from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import { receiveFile } from '../../src/domain/attachments/receive-file.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { executeOperation } from '../../src/graphql/execution/execute.js';
import type { Database, Statement } from '../../src/sql/statement.js';
import { instance } from '../domain/auth/identity-kit.js';
import { reserved } from '../kit/closures.js';
import { useDatabase } from '../kit/database.js';
import { filesIn, limits, pdf } from '../kit/files.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { toldOf } from '../kit/told.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx, as } = await instance(db);
const owner = await person(db, 'MEMBER', { name: 'Olga' });
const ina = await person(db, 'MEMBER', { name: 'Ina' });
const max = await person(db, 'MEMBER', { name: 'Max' });
const manager = await person(db, 'MANAGER');
const attic = await room(db);
const run = (viewer: Viewer, source: string, variables: object = {}, more: object = {}) =>
  ask({ ...ctx, ...more } as typeof ctx, viewer, source, variables as Record<string, unknown>);

const DONE = '__typename ... on CommentSuccess { comment { id words editedAt author { name } } }';
const FAILED = '... on UserError { message path }';
const REFUSED = '... on ReservationRefused { reasons { code } }';
const ADD = `mutation($id: ID!, $words: String!) { result: commentAdd(id: $id, input: { words: $words }) { ${DONE} ${FAILED} } }`;
const EDIT = `mutation($id: ID!, $words: String!) { result: commentEdit(id: $id, input: { words: $words }) {
  ${DONE} ${REFUSED} ${FAILED} } }`;
const REMOVE = `mutation($id: ID!) { result: commentRemove(id: $id) { ${DONE} ${REFUSED} ${FAILED} } }`;
const READ = `query($id: ID!, $first: Int!, $after: String) { reservation(id: $id) {
  comments(first: $first, after: $after) { nodes { words } pageInfo { hasNextPage endCursor } } } }`;

let hour = 0;
const meeting = async (more: object = {}) => {
  const at = (n: number) => new Date(Date.UTC(2027, 4, 1, n)).toISOString();
  const { id } = await reserved(as(owner.viewer), [attic.id], at(hour), at(++hour), more);
  return { bare: id, id: globalId('Reservation', id) };
};
const say = async (id: string, words: string, viewer = owner.viewer) => {
  ctx.clock.advance(1_000);
  return (await run(viewer, ADD, { id, words })).data.result;
};

it('says, changes and takes back what one has said, and nothing of others', async () => {
  const { id } = await meeting();
  const { comment } = await say(id, '  Bring the map  ', ina.viewer);
  expect(comment).toEqual({
    id: expect.stringMatching(/^cmt_/),
    words: 'Bring the map',
    editedAt: null,
    author: { name: 'Ina' },
  });
  const edited = await run(ina.viewer, EDIT, { id: comment.id, words: 'Bring two' });
  expect(edited.data.result.comment).toMatchObject({ words: 'Bring two', editedAt: ctx.clock.fixed() });
  for (const [source, viewer] of [
    [EDIT, owner.viewer],
    [EDIT, manager.viewer],
    [REMOVE, owner.viewer],
  ] as const) {
    const refused = await run(viewer, source, { id: comment.id, ...(source === EDIT && { words: '?' }) });
    expect(refused.data.result.reasons).toEqual([{ code: 'NOT_PERMITTED' }]);
  }
  expect((await run(manager.viewer, REMOVE, { id: comment.id })).data.result.comment.words).toBe('Bring two');
  expect((await run(ina.viewer, REMOVE, { id: comment.id })).data.result.__typename).toBe('NotFound');
  const entries = await psql<{ action: string; text: string }>(
    `select action, concat(before, after) as text from audit where action like 'comment.%' order by id`,
  );
  expect(entries.map(({ action }) => action)).toEqual(['comment.add', 'comment.edit', 'comment.remove']);
  expect(entries.map(({ text }) => text).join()).not.toMatch(/map|two/);
});

it('tells those whom the reservation concerns and who have spoken before, each once, and not who says it', async () => {
  const { id, bare } = await meeting();
  await psql(
    `insert into participant (id, reservation_id, user_id, response, responded_at, inviter_id, created_at)
     values (gen_random_uuid(), $1, $2, 'NONE', null, $3, now()), (gen_random_uuid(), $1, $4, 'DECLINED', now(), $3, now())`,
    [bare, ina.id, owner.id, manager.id],
  );
  await say(id, 'First', max.viewer);
  await say(id, 'Second', owner.viewer);
  const told = (await toldOf(db, { id: bare })).filter(({ kind }) => kind === 'COMMENTED');
  expect(told.map(({ userId, message }) => [userId, /Words: (\w+)/.exec(message)?.[1]]).sort()).toEqual(
    [
      [owner.id, 'First'],
      [ina.id, 'First'],
      [ina.id, 'Second'],
      [max.id, 'Second'],
    ].sort(),
  );
});

it('tells nobody who does not see the reservation any more', async () => {
  const { id, bare } = await meeting();
  await say(id, 'First', max.viewer);
  await psql(`update reservation set visibility = 'PRIVATE' where id = $1`, [bare]);
  await say(id, 'Second', owner.viewer);
  const told = (await toldOf(db, { id: bare })).filter(({ kind }) => kind === 'COMMENTED');
  expect(told.map(({ userId }) => userId)).toEqual([owner.id]);
});

it.each([
  ['nothing', ' '],
  ['NUL', 'a\0b'],
  ['half a character', '\ud800'],
  ['too much', 'x'.repeat(5_001)],
])('refuses to say %s', async (_what, words) => {
  const { id, bare } = await meeting();
  expect(await say(id, words)).toMatchObject({ __typename: 'InvalidInput', path: ['input', 'words'] });
  expect(await psql('select from reservation_comment where reservation_id = $1', [bare])).toEqual([]);
});

it('answers a reservation that is not there as one that is not shown', async () => {
  const { id } = await meeting({ visibility: 'PRIVATE' });
  const none = globalId('Reservation', newId());
  expect(await say(id, 'Hello', max.viewer)).toEqual(await say(none, 'Hello', max.viewer));
});

it('reads comments page by page, two pages of one reservation in one operation too', async () => {
  const { id } = await meeting();
  for (const words of ['one', 'two', 'three']) await say(id, words);
  const first = (await run(max.viewer, READ, { id, first: 2 })).data.reservation.comments;
  expect(first).toMatchObject({
    nodes: [{ words: 'one' }, { words: 'two' }],
    pageInfo: { hasNextPage: true },
  });
  const { endCursor: after } = first.pageInfo;
  const both = await run(
    max.viewer,
    `query($id: ID!, $after: String) { reservation(id: $id) { a: comments(first: 2) { nodes { words } }
      b: comments(first: 2, after: $after) { nodes { words } pageInfo { hasNextPage } } } }`,
    { id, after },
  );
  expect(both.data.reservation).toEqual({
    a: { nodes: [{ words: 'one' }, { words: 'two' }] },
    b: { nodes: [{ words: 'three' }], pageInfo: { hasNextPage: false } },
  });
});

it('announces, shows and removes a file', async () => {
  const { id } = await meeting();
  const files = await filesIn();
  const source = `mutation($id: ID!) { result: attachmentAdd(id: $id, input: { name: "a.pdf", type: "application/pdf", size: 100 }) {
    __typename ... on AttachmentAddSuccess { name uploadUrl expiresAt reservation { id } } ... on ReservationRefused { reasons { code } } } }`;
  expect((await run(owner.viewer, source, { id })).data.result.reasons).toEqual([{ code: 'NOT_PERMITTED' }]);
  const with_ = { files: limits, publicUrl: 'https://rooms.example.com' };
  const { result } = (await run(owner.viewer, source, { id }, with_)).data;
  expect(result).toMatchObject({ name: 'a.pdf', reservation: { id } });
  const [, token = ''] =
    /^https:\/\/rooms\.example\.com\/files\/(hfu_[\w-]{43})$/.exec(result.uploadUrl) ?? [];
  const read =
    'query($id: ID!) { reservation(id: $id) { attachments { id name type size url uploader { name } } } }';
  const shown = async () => (await run(max.viewer, read, { id }, with_)).data.reservation.attachments;
  expect(await shown()).toEqual([]);
  await receiveFile(
    ctx,
    files,
    token,
    (async function* () {
      yield pdf(100);
    })(),
  );
  const [attachment] = await shown();
  expect(attachment).toMatchObject({
    name: 'a.pdf',
    type: 'application/pdf',
    size: 100,
    url: `https://rooms.example.com/files/${attachment.id}`,
    uploader: { name: 'Olga' },
  });
  const remove = 'mutation($id: ID!) { result: attachmentRemove(id: $id) { __typename } }';
  expect((await run(owner.viewer, remove, { id: attachment.id })).data.result.__typename).toBe(
    'ReservationSuccess',
  );
  expect(await shown()).toEqual([]);
});

it('reads a page of 50 reservations with all their company in six statements', async () => {
  for (let n = 0; n < 50; n++) {
    const { id, bare } = await meeting();
    await say(id, 'Hello');
    await psql(
      `insert into attachment (id, reservation_id, uploader_id, name, type, size, file_key, sha256, created_at)
       values (gen_random_uuid(), $1, $2, 'a.pdf', 'application/pdf', 9, gen_random_uuid(), sha256('x'), now())`,
      [bare, owner.id],
    );
  }
  const asked: string[] = [];
  const query = <Row>(statement: Statement<Row>, values: readonly unknown[]) => {
    asked.push(statement.name);
    return db.query(statement, values);
  };
  const counting = {
    ...db,
    query,
    em: () => db.em(),
    transaction: db.transaction,
    unitOfWork: db.unitOfWork,
  };
  const result = await executeOperation({
    schema: buildHoldfastSchema(),
    document: parse(`{ reservations(first: 50, sort: STARTS_AT_DESC) { nodes { title participants { name }
      comments(first: 3) { nodes { words author { name } } } attachments { name uploader { name } } } } }`),
    contextValue: { ...ctx, db: counting as Database, viewer: max.viewer },
  });
  expect(result.errors).toBeUndefined();
  expect(JSON.stringify(result.data).match(/Hello/g)).toHaveLength(50);
  expect(asked.length).toBeLessThanOrEqual(6);
});
