import {
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getIntrospectionQuery,
  parse,
  validate,
} from 'graphql';
import { seedDemo } from '../../../src/demo/seed.js';
import type { Viewer } from '../../../src/domain/act.js';
import { globalId } from '../../../src/domain/ids.js';
import { PasswordHasher } from '../../../src/domain/users/password-hasher.js';
import { buildHoldfastSchema } from '../../../src/graphql/build-schema.js';
import { executeOperation } from '../../../src/graphql/execution/execute.js';
import { testCtx } from '../../kit/ctx.js';
import { cloneDatabase, type TestDatabase } from '../../kit/database.js';
import { person } from '../../kit/people.js';

let database: TestDatabase;
let schema: GraphQLSchema;
let context: () => object;
const ids: Record<string, string> = {};

beforeAll(async () => {
  schema = buildHoldfastSchema();
  database = await cloneDatabase();
  const db = await database.open();
  const ctx = testCtx(db);
  await seedDemo(db, ctx.clock, new PasswordHasher());
  const viewer: Viewer = (await person(db, 'ADMINISTRATOR')).viewer;
  context = () => ({ ...testCtx(db, viewer, ctx.clock), signal: new AbortController().signal });
  const first = async (table: string) =>
    (await database.psql<{ id: string }>(`select id from ${table} order by id limit 1`))[0]?.id ?? '';
  ids.resource = globalId('Resource', await first('resource'));
  ids.reservation = globalId('Reservation', await first('reservation'));
  ids.user = globalId('User', await first('app_user'));
}, 60_000);
afterAll(() => database.drop());

const plain = (result: ExecutionResult) =>
  JSON.parse(
    JSON.stringify({ data: result.data, errors: (result.errors ?? []).map((error) => error.toJSON()) }),
  ) as object;

const WINDOW = { startsAt: '2027-03-01T00:00:00Z', endsAt: '2027-03-02T00:00:00+01:00' };
interface Given {
  readonly text: string;
  readonly variables?: () => Record<string, unknown>;
  /** A piece of the answer, so that nothing is compared with nothing. */
  readonly shows?: string;
}

const documents: Record<string, Given> = {
  'a page of reservations with all around them': {
    shows: '"state":"CONFIRMED"',
    text: `query ($window: WindowInput) { reservations(first: 50, filter: { window: $window }) {
      edges { cursor node { ...R } } nodes { ...R } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
      fragment R on Reservation { __typename id title details state version timeZone createdAt window { startsAt endsAt }
        owner { id name role email } creator { name } viewerCanChange { isAllowed because }
        resources { quantity occupied { startsAt endsAt } resource { id name capacity isPool tags } } }`,
    variables: () => ({ window: WINDOW }),
  },
  'availability of several resources': {
    shows: '"free":[{',
    text: `query ($resources: [ID!], $window: WindowInput!) { availability(resources: $resources, window: $window) {
      version cursor window { startsAt } resource { name } busy { startsAt endsAt quantity reservation { title } } free { startsAt endsAt quantity } } }`,
    variables: () => ({ resources: [ids.resource], window: WINDOW }),
  },
  'free resources by a literal window': {
    shows: '"freeQuantity":1',
    text: `{ freeResources(first: 5, quantity: 1, window: { startsAt: "2027-03-01T09:00:00Z", endsAt: "2027-03-01T10:00:00Z" }) {
      nodes { freeQuantity resource { id name seats } } pageInfo { hasNextPage } } }`,
  },
  'a search with half of its filter from variables': {
    shows: '"status":"ACTIVE"',
    text: `query ($seats: Int, $tags: [String!]) { resources(first: 20, filter: { seatsAtLeast: $seats, tags: $tags, statuses: [ACTIVE] }) {
      nodes { id name description status place { name } type { name } } } }`,
    variables: () => ({ seats: 4 }),
  },
  'nodes of every kind': {
    shows: '"__typename":"User"',
    text: `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Resource { name timeZone } ... on Reservation { title owner { name } }
      ... on User { email } } }`,
    variables: () => ({
      ids: [ids.resource, ids.reservation, ids.user, 'res_00000000000000000000000000000000'],
    }),
  },
  'ids that are no ids': { text: '{ node(id: "nonsense") { id } reservation(id: "usr_1") { id } }' },
  'a window that is none': {
    text: `{ freeResources(window: { startsAt: "2027-03-01T09:00:00Z", endsAt: "2027-03-01T08:00:00Z" }) { nodes { freeQuantity } } }`,
  },
  'an instant that is none': {
    text: 'query ($window: WindowInput!) { availability(window: $window) { version } }',
    variables: () => ({ window: { startsAt: '2027-02-30T09:00:00Z', endsAt: 'soon' } }),
  },
  'a page that is too large': { text: '{ users(first: 0) { nodes { id } } }' },
  'who is there': { text: '{ viewer { id name role timeZone createdAt } }' },
  'the whole schema': { text: getIntrospectionQuery({ oneOf: true, inputValueDeprecation: true }) },
};

describe('compiled execution of our own schema', () => {
  it.each(Object.entries(documents))(
    'answers as graphql-js does: %s',
    async (_name, { text, variables, shows }) => {
      const document = parse(text);
      expect(validate(schema, document)).toEqual([]);
      const args = () => ({ schema, document, contextValue: context(), variableValues: variables?.() ?? {} });
      await executeOperation(args());
      await executeOperation(args());
      const ours = plain(await executeOperation(args()));
      const theirs = plain(await execute(args()));
      expect(JSON.stringify(theirs)).toContain(shows ?? '');
      const coded = JSON.stringify(theirs).includes('"code"');
      expect(
        coded
          ? ours
          : JSON.parse(JSON.stringify(ours).replace(/,"extensions":\{"code":"BAD_USER_INPUT"\}/g, '')),
      ).toEqual(theirs);
    },
  );
});
