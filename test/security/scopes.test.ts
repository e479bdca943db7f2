import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  graphql,
  isAbstractType,
  isObjectType,
} from 'graphql';
import type { Viewer } from '../../src/domain/act.js';
import { createIdentity } from '../../src/domain/auth/identity.js';
import { DoorLinks } from '../../src/domain/presence/door-links.js';
import { SCOPES, type Scope } from '../../src/domain/scopes.js';
import { buildHoldfastSchema } from '../../src/graphql/build-schema.js';
import { nodeScopes, scopes } from '../../src/graphql/scopes.js';
import { useDatabase } from '../kit/database.js';
import { SECRET } from '../kit/program.js';
import { type AskedField, everyField, type Given } from './access.js';
import { everythingOnce } from './everything-once.js';

const schema = buildHoldfastSchema();
const database = await useDatabase();
const { psql } = database;
const { ctx, viewers, ids, undecidedId } = await everythingOnce(database);
const links = new DoorLinks(SECRET);
const identity = await createIdentity({ ...ctx, secret: SECRET, issuer: 'kit', audience: 'kit' });
afterAll(() => identity.close());

const fieldsOf = (type: GraphQLObjectType) => Object.values(type.getFields());
const objectsOf = (type: GraphQLNamedType): readonly GraphQLObjectType[] =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];

/** What a connection is of, else the type itself. */
function inside(type: GraphQLObjectType): readonly GraphQLObjectType[] {
  const nodes = type.name.endsWith('Connection') ? type.getFields().nodes : undefined;
  return nodes ? objectsOf(getNamedType(nodes.type)) : [type];
}

/** What has no root field and no id of its own, and is no matter of `read` all the same. */
const WITHOUT_ROOT: Readonly<Record<string, Scope>> = {
  Approval: 'approve',
  DoorLink: 'manage',
  ReservationAsOf: 'manage',
  Factors: 'administer',
  LinkedIdentity: 'administer',
};

/** By the names of object types the scope that a program needs to see them by a root field or by their ids. */
function needed(): ReadonlyMap<string, Scope> {
  const found = new Map(Object.entries(WITHOUT_ROOT));
  for (const field of fieldsOf(schema.getQueryType() as GraphQLObjectType)) {
    const scope = scopes[`Query.${field.name}`];
    if (!scope || scope === 'read') continue;
    for (const object of objectsOf(getNamedType(field.type)).flatMap(inside)) found.set(object.name, scope);
  }
  for (const [kind, scope] of Object.entries(nodeScopes))
    if (scope === 'read') found.delete(kind);
    else found.set(kind, scope);
  return found;
}

/** Fields of what `read` shows that lead to what another scope is for, each with that scope. */
function ways(): ReadonlyMap<string, Scope> {
  const of = needed();
  const found = new Map<string, Scope>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || of.has(type.name) || type === schema.getQueryType()) continue;
    for (const field of fieldsOf(type)) {
      const [scope] = objectsOf(getNamedType(field.type))
        .flatMap(inside)
        .flatMap(({ name }) => of.get(name) ?? []);
      if (scope) found.set(`${type.name}.${field.name}`, scope);
    }
  }
  return found;
}

const program = (viewer: Viewer | null, granted: readonly Scope[]): Viewer => ({
  ...(viewer as Viewer),
  client: { scopes: granted, persistedOnly: false, perMinute: 1, perDay: null },
});

/** Whether the answer holds an object behind the field, and not only a list of none. */
async function shows({ query }: AskedField, viewer: Viewer | null): Promise<boolean> {
  const source = query.replace(/(\w+(?:\([^()]*\))?) \{ __typename \}/, (selection, field: string) =>
    /^(sessions|history|reservationsAsOf)\b/.test(field) ? `${field} { nodes { __typename } }` : selection,
  );
  const contextValue = { ...ctx, identity, links, viewer, signal: new AbortController().signal };
  return JSON.stringify(await graphql({ schema, source, contextValue })).includes('__typename');
}

const given: Given = (field, { name }) => {
  if (field !== 'Resource.reservationsAsOf') return null;
  if (name === 'at') return '"2027-03-01T23:00:00Z"';
  return name === 'window' ? '{ startsAt: "2027-03-01T00:00:00Z", endsAt: "2027-03-08T00:00:00Z" }' : null;
};
const guarded = ways();
const starts = [
  ids,
  new Map([...ids, ['Reservation', undecidedId]]),
  new Map([...ids, ['User', String(ids.get('ApiClient')).replace(/^cli/, 'usr')]]),
];
const asked = starts
  .flatMap((each) => everyField(schema, given, each).asked)
  .filter(({ name, steps }) => guarded.has(name) && steps.length === 2 && steps[0] === 'node');

beforeAll(async () => {
  const { clock } = ctx;
  clock.set('2027-03-02T00:00:00Z');
  await psql(
    `insert into user_identity (issuer, subject, user_id, email, created_at) values ('https://id.example', 'mia', $1, 'mia@id.example', '2026-01-01')`,
    [viewers.OWNER?.userId],
  );
});

it('shows to a program, by what it may read, nothing that another scope is for, whoever it acts as', async () => {
  const past: string[] = [];
  for (const each of asked) {
    const others = SCOPES.filter((every) => every !== guarded.get(each.name));
    for (const who of ['OWNER', 'MANAGER', 'ADMINISTRATOR'] as const)
      if (await shows(each, program(viewers[who], others))) past.push(`${each.name} ${who}`);
  }
  expect(past).toEqual([]);
});

it('shows all of it to people, or this would prove nothing', async () => {
  const shown = new Set<string>();
  for (const each of asked)
    for (const who of ['OWNER', 'MANAGER', 'ADMINISTRATOR'] as const)
      if (await shows(each, viewers[who])) shown.add(each.name);
  const fields = [...guarded.keys()].filter((name) => /^(User|Resource|Reservation)\./.test(name));
  expect([...shown].sort()).toEqual(fields.sort());
});
