import type { Viewer } from '../../src/domain/act.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx } = await instance(db);
const admin = await person(db, 'ADMINISTRATOR');
const others = [await person(db, 'MANAGER'), await person(db, 'MEMBER'), await person(db, 'GUEST')];
const run = (source: string, variables: object = {}, viewer: Viewer | null = admin.viewer) =>
  ask(ctx, viewer, source, variables as Record<string, unknown>);

const FILES = `query ($first: Int, $after: String, $filter: LogFileFilter) {
  logFiles(first: $first, after: $after, filter: $filter) {
    pageInfo { hasNextPage endCursor } nodes { id program machine number fromAt untilAt lines bytes sha256 url } } }`;

/** Four files, each of two hours, an hour after the one before. */
const ids = [newId(), newId(), newId(), newId()];
for (const [index, id] of ids.entries())
  await psql(
    `insert into log_file (id, program, machine, number, from_at, until_at, lines, bytes, sha256)
     values ($1, $2, $3, $4, $5, $6, 5, 5000000000, sha256('x'))`,
    [
      id,
      index % 2 === 0 ? 'api' : 'sweeper',
      index < 2 ? 'one' : 'two',
      index + 1,
      `2027-03-01T0${index}:00:00Z`,
      `2027-03-01T0${index + 2}:00:00Z`,
    ],
  );

async function numbers(filter: object): Promise<number[]> {
  const { data } = await run(FILES, { filter });
  return data.logFiles.nodes.map(({ number }: { number: number }) => number);
}

it('shows administrators what there is, the latest lines first, page by page', async () => {
  const first = (await run(FILES, { first: 3 })).data.logFiles;
  expect(first.nodes.map(({ number }: { number: number }) => number)).toEqual([4, 3, 2]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const rest = (await run(FILES, { first: 3, after: first.pageInfo.endCursor })).data.logFiles;
  const id = globalId('LogFile', ids[0] ?? '');
  expect(rest.nodes).toEqual([
    {
      id,
      program: 'api',
      machine: 'one',
      number: 1,
      fromAt: '2027-03-01T00:00:00.000Z',
      untilAt: '2027-03-01T02:00:00.000Z',
      lines: 5,
      bytes: 5_000_000_000,
      sha256: '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881',
      url: `/export/logs/${id}.jsonl`,
    },
  ]);
  expect(rest.pageInfo.hasNextPage).toBe(false);
});

it('finds files by program, by machine, and by when their lines were written', async () => {
  expect(await numbers({ program: 'api' })).toEqual([3, 1]);
  expect(await numbers({ program: 'api', machine: 'two' })).toEqual([3]);
  expect(await numbers({ program: 'migrate' })).toEqual([]);
  expect(await numbers({ fromAt: '2027-03-01T04:00:00Z' })).toEqual([4, 3]);
  expect(await numbers({ untilAt: '2027-03-01T01:00:00Z' })).toEqual([1]);
  expect(await numbers({ fromAt: '2027-03-01T02:30:00Z', untilAt: '2027-03-01T02:30:01Z' })).toEqual([3, 2]);
});

it('shows nobody else that there are any, by their ids neither', async () => {
  const NODE = `{ node(id: "${globalId('LogFile', ids[0] ?? '')}") { id } }`;
  expect((await run(NODE)).data.node).not.toBeNull();
  for (const { viewer } of others) {
    expect((await run(FILES, {}, viewer)).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await run(NODE, {}, viewer)).data.node).toBeNull();
  }
});

it.each([
  ['a cursor of another list', { after: 'bm9uc2Vuc2U' }],
  ['a page too large', { first: 201 }],
  ['a program with NUL in its name', { filter: { program: 'a\0b' } }],
  ['a machine with NUL in its name', { filter: { machine: 'a\0b' } }],
])('refuses %s', async (_what, variables) => {
  expect((await run(FILES, variables)).errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
});
