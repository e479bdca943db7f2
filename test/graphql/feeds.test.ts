import type { Viewer } from '../../src/domain/act.js';
import { feedTokenHash } from '../../src/domain/feeds/feed-token.js';
import { globalId, newId } from '../../src/domain/ids.js';
import { instance } from '../domain/auth/identity-kit.js';
import { useDatabase } from '../kit/database.js';
import { person } from '../kit/people.js';
import { room } from '../kit/things.js';
import { ask } from './identity-query.js';

const { db, psql } = await useDatabase();
const { ctx } = await instance(db);
const mia = await person(db, 'MEMBER', { name: 'Mia' });
const guest = await person(db, 'GUEST');
const administrator = await person(db, 'ADMINISTRATOR');
const run = (
  source: string,
  variables: object = {},
  viewer: Viewer | null = mia.viewer,
  publicUrl?: string,
) => ask({ ...ctx, publicUrl } as typeof ctx, viewer, source, variables as Record<string, unknown>);

const FAILURE = '... on UserError { message path } ... on VersionConflict { currentVersion current { id } }';
const FEED = 'feed { id name version createdAt resource { name } place { name } }';
const CREATE = `mutation ($input: FeedCreateInput!) { result: feedCreate(input: $input) { __typename
  ... on FeedSecretSuccess { url ${FEED} } ... on UserError { message path } } }`;
const ROTATE = `mutation ($id: ID!, $input: FeedActInput) { result: feedRotate(id: $id, input: $input) { __typename
  ... on FeedSecretSuccess { url ${FEED} } ${FAILURE} } }`;
const REMOVE = `mutation ($id: ID!, $input: FeedActInput) { result: feedRemove(id: $id, input: $input) { __typename
  ... on FeedSuccess { ${FEED} } ${FAILURE} } }`;
const PATH = /^\/ical\/(hfc_[\w-]{43})\.ics$/;

const make = async (more: object = {}, viewer: Viewer = mia.viewer) =>
  (await run(CREATE, { input: { name: 'Mine', ...more } }, viewer)).data.result;
const hashes = async () =>
  (await psql<{ hash: Buffer }>('select token_hash as hash from feed')).map(({ hash }) => hash);
const hashOf = (url: string) => feedTokenHash(PATH.exec(url)?.[1] ?? '');

describe('a feed', () => {
  it('is added with its address shown once, gets another one, and is removed', async () => {
    const attic = await room(db, { name: 'Attic' });
    const { url, feed } = await make({ name: ' Upstairs ', resourceId: globalId('Resource', attic.id) });
    expect(feed).toEqual({
      id: expect.stringMatching(/^fed_[0-9a-f]{32}$/),
      name: 'Upstairs',
      version: 1,
      createdAt: '2027-03-01T08:00:00.000Z',
      resource: { name: 'Attic' },
      place: null,
    });
    expect(url).toMatch(PATH);
    expect(await hashes()).toEqual([hashOf(url)]);
    const { id } = feed;
    const rotated = (await run(ROTATE, { id, input: { expectedVersion: 1 } })).data.result;
    expect(rotated).toMatchObject({ __typename: 'FeedSecretSuccess', feed: { id, version: 2 } });
    expect(await hashes()).toEqual([hashOf(rotated.url)]);
    expect((await run(ROTATE, { id, input: { expectedVersion: 1 } })).data.result).toMatchObject({
      __typename: 'VersionConflict',
      currentVersion: 2,
      current: { id },
    });
    expect((await run(REMOVE, { id })).data.result).toMatchObject({
      __typename: 'FeedSuccess',
      feed: { id },
    });
    expect((await run(REMOVE, { id })).data.result).toMatchObject({ __typename: 'NotFound', path: ['id'] });
    expect(await hashes()).toEqual([]);
    expect(await psql('select action, actor_id from audit order by id')).toEqual(
      ['create', 'rotate', 'remove'].map((verb) => ({ action: `feed.${verb}`, actor_id: mia.id })),
    );
  });

  it('has an address of the server where that knows its own', async () => {
    const { url } = (await run(CREATE, { input: { name: 'x' } }, mia.viewer, 'https://rooms.example.com'))
      .data.result;
    expect(url).toMatch(/^https:\/\/rooms\.example\.com\/ical\/hfc_[\w-]{43}\.ics$/);
  });

  it.each([
    ['no name', { name: ' ' }, 'InvalidInput', ['input', 'name']],
    [
      'a resource that is not there',
      { resourceId: globalId('Resource', newId()) },
      'NotFound',
      ['input', 'resourceId'],
    ],
    ['a place that is not there', { placeId: globalId('Place', newId()) }, 'NotFound', ['input', 'placeId']],
    [
      'both',
      { placeId: globalId('Place', newId()), resourceId: globalId('Resource', newId()) },
      'InvalidInput',
      ['input'],
    ],
  ])('is refused with %s', async (_what, input, kind, path) => {
    expect(await make(input)).toMatchObject({ __typename: kind, path });
  });

  it('is for its owner alone, whoever asks and by whatever way; guests have some as well', async () => {
    const { feed } = await make({}, guest.viewer);
    const { id } = feed;
    for (const viewer of [mia.viewer, administrator.viewer]) {
      const seen = await run(
        `query ($id: ID!) { feed(id: $id) { id } node(id: $id) { id } feeds { nodes { id } } }`,
        { id },
        viewer,
      );
      expect(seen.data).toMatchObject({ feed: null, node: null });
      expect(seen.data.feeds.nodes).not.toContainEqual({ id });
      for (const source of [ROTATE, REMOVE])
        expect((await run(source, { id }, viewer)).data.result.__typename).toBe('NotFound');
    }
    const own = await run(
      `query ($id: ID!) { feed(id: $id) { id } node(id: $id) { __typename } }`,
      { id },
      guest.viewer,
    );
    expect(own.data).toEqual({ feed: { id }, node: { __typename: 'Feed' } });
    expect((await run('{ feeds { nodes { id } } }', {}, null)).errors).toMatchObject([
      { code: 'UNAUTHENTICATED' },
    ]);
  });

  it('is listed page by page, the newest first, and nobody has more than 50', async () => {
    const { viewer } = await person(db);
    for (let n = 1; n <= 50; n++) await make({ name: `Feed ${n}` }, viewer);
    expect(await make({}, viewer)).toMatchObject({
      __typename: 'InvalidInput',
      message: expect.stringContaining('50'),
    });
    const page = `query ($after: String) { feeds(first: 30, after: $after) { pageInfo { hasNextPage endCursor } nodes { name } } }`;
    const first = (await run(page, {}, viewer)).data.feeds;
    const second = (await run(page, { after: first.pageInfo.endCursor }, viewer)).data.feeds;
    expect([...first.nodes, ...second.nodes].map(({ name }) => name)).toEqual(
      Array.from({ length: 50 }, (_, n) => `Feed ${50 - n}`),
    );
    expect(second.pageInfo.hasNextPage).toBe(false);
  });
});

it('imports a calendar, and says what became of each event', async () => {
  const { id } = await room(db, { timeZone: 'Europe/Berlin' });
  const text = `BEGIN:VCALENDAR
BEGIN:VEVENT
UID:one
DTSTART:20270302T090000
DTEND:20270302T100000
SUMMARY:Planning
END:VEVENT
END:VCALENDAR`;
  const source = `mutation ($input: ReservationsImportInput!) { result: reservationsImport(input: $input) { __typename
    ... on ReservationsImportSuccess { pastCount cancelledCount problems { line } events { line uid title outcome
      window { startsAt } reservation { id title owner { name } resources { resource { id } } } reasons { code } } }
    ... on ReservationsImportRefused { message path events { outcome reasons { code } } }
    ... on UserError { message path } } }`;
  const resources = [{ resourceId: globalId('Resource', id) }];
  const given = async (more: object = {}, viewer = mia.viewer) =>
    (await run(source, { input: { text, resources, ...more } }, viewer)).data.result;
  const answer = {
    __typename: 'ReservationsImportSuccess',
    pastCount: 0,
    cancelledCount: 0,
    problems: [],
    events: [
      {
        line: 2,
        uid: 'one',
        title: 'Planning',
        outcome: 'RESERVED',
        window: { startsAt: '2027-03-02T08:00:00.000Z' },
        reservation: {
          id: expect.stringMatching(/^rsv_/),
          title: 'Planning',
          owner: { name: 'Mia' },
          resources: [{ resource: { id: globalId('Resource', id) } }],
        },
        reasons: [],
      },
    ],
  };
  expect(await given({ dryRun: true })).toEqual(answer);
  expect(await given()).toEqual(answer);
  expect(await given()).toMatchObject({ events: [{ outcome: 'KNOWN' }] });
  expect(await given({}, administrator.viewer)).toMatchObject({
    __typename: 'ReservationsImportRefused',
    path: ['input', 'text'],
    events: [{ outcome: 'REFUSED', reasons: [{ code: 'SLOT_TAKEN' }] }],
  });
  expect(await given({ text: '' })).toMatchObject({ __typename: 'InvalidInput', path: ['input', 'text'] });
});
