import { randomUUID } from 'node:crypto';
import DataLoader from 'dataloader';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import pg from 'pg';

// A good peer: Mercurius with compiled queries and hand-written DataLoader resolvers; it writes a bare row.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16, options: '-c timezone=UTC' });
const bare = (id) =>
  `${id.slice(4, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20, 24)}-${id.slice(24)}`;
const shown = (prefix, id) => `${prefix}_${id.replaceAll('-', '')}`;
const rowsOf = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const schema = `
  type Resource { id: ID! name: String! description: String! timeZone: String! capacity: Int! }
  type User { id: ID! name: String! }
  type Window { startsAt: String! endsAt: String! }
  type Reserved { resource: Resource }
  type Reservation { id: ID! title: String! state: String! version: Int! window: Window! owner: User resources: [Reserved!]! }
  type Reservations { nodes: [Reservation!]! }
  type Availability { resource: Resource busy: [Window!]! }
  input WindowInput { startsAt: String! endsAt: String! }
  input ReservationFilter { window: WindowInput }
  input ResourceInput { resourceId: ID! quantity: Int }
  input ReservationCreateInput { title: String! window: WindowInput! resources: [ResourceInput!]! idempotencyKey: String }
  type ReservationSuccess { reservation: Reservation! }
  type Reason { code: String! }
  type ReservationRefused { reasons: [Reason!]! }
  union ReservationCreateResult = ReservationSuccess | ReservationRefused
  type Query {
    resource(id: ID!): Resource
    reservations(first: Int, filter: ReservationFilter): Reservations!
    availability(resources: [ID!]!, window: WindowInput!): [Availability!]!
  }
  type Mutation { reservationCreate(input: ReservationCreateInput!): ReservationCreateResult! }
`;

const byId = (name, text) =>
  new DataLoader(async (ids) => {
    const found = new Map((await rowsOf(name, text, [ids])).map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });

function loaders() {
  return {
    resource: byId(
      'resources',
      'select id, name, description, time_zone as "timeZone", capacity from resource where id = any ($1::uuid[])',
    ),
    user: byId('users', 'select id, name from app_user where id = any ($1::uuid[])'),
    claims: new DataLoader(async (ids) => {
      const rows = await rowsOf(
        'claims',
        'select reservation_id, resource_id from claim where reservation_id = any ($1::uuid[])',
        [ids],
      );
      const found = Map.groupBy(rows, (row) => row.reservation_id);
      return ids.map((id) => found.get(id) ?? []);
    }),
  };
}

const OWNER = '00000000-0000-7000-8000-100000000001';
const resolvers = {
  Query: {
    resource: (_, { id }, ctx) => ctx.loaders.resource.load(bare(id)),
    reservations: async (_, { first, filter }) => ({
      nodes: await rowsOf(
        'page',
        `select id, title, state, version, owner_id, starts_at, ends_at from reservation
         where starts_at < $2 and starts_at > $1::timestamptz - interval '1 hour' and ends_at > $1 order by starts_at, id limit $3`,
        [filter.window.startsAt, filter.window.endsAt, first],
      ),
    }),
    availability: async (_, { resources, window }) => {
      const ids = resources.map(bare);
      const rows = await rowsOf(
        'busy',
        `select resource_id, lower(occupied) as "startsAt", upper(occupied) as "endsAt" from claim
         where resource_id = any ($1::uuid[]) and lower(occupied) < $3 and lower(occupied) > $2::timestamptz - interval '1 hour'
           and upper(occupied) > $2 and occupies order by lower(occupied)`,
        [ids, window.startsAt, window.endsAt],
      );
      const found = Map.groupBy(rows, (row) => row.resource_id);
      return ids.map((id) => ({ id, busy: found.get(id) ?? [] }));
    },
  },
  Mutation: {
    reservationCreate: async (_, { input }) => {
      const [row] = await rowsOf(
        'insert',
        `insert into bench_reservation (id, resource_id, owner_id, title, starts_at, ends_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing returning id, title, starts_at, ends_at, 'CONFIRMED' as state, 1 as version`,
        [
          randomUUID(),
          bare(input.resources[0].resourceId),
          OWNER,
          input.title,
          input.window.startsAt,
          input.window.endsAt,
        ],
      );
      return row
        ? { __typename: 'ReservationSuccess', reservation: row }
        : { __typename: 'ReservationRefused', reasons: [{ code: 'SLOT_TAKEN' }] };
    },
  },
  ReservationCreateResult: { resolveType: (value) => value.__typename },
  Resource: { id: (row) => shown('res', row.id) },
  User: { id: (row) => shown('usr', row.id) },
  Window: { startsAt: (row) => row.startsAt.toISOString(), endsAt: (row) => row.endsAt.toISOString() },
  Reserved: { resource: (claim, _, ctx) => ctx.loaders.resource.load(claim.resource_id) },
  Availability: { resource: (row, _, ctx) => ctx.loaders.resource.load(row.id) },
  Reservation: {
    id: (row) => shown('rsv', row.id),
    window: (row) => ({ startsAt: row.starts_at, endsAt: row.ends_at }),
    owner: (row, _, ctx) => ctx.loaders.user.load(row.owner_id),
    resources: (row, _, ctx) => ctx.loaders.claims.load(row.id),
  },
};

const app = Fastify();
app.register(mercurius, { schema, resolvers, jit: 1, context: () => ({ loaders: loaders() }) });
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ msg: 'listening', port: app.server.address().port }));
process.once('SIGTERM', () => process.exit(0));
