import { onServer } from '../kit/run/postgres.mjs';

export const RESOURCES = 1_000;
export const USERS = 500;
export const RESERVATIONS = 200_000;
/** The first day with reservations: two on each resource every day, for 100 days. */
export const FIRST_DAY = Date.UTC(2030, 0, 7);
/** From here on everything is free. */
export const FREE_FROM = Date.UTC(2032, 0, 5);

const hex = (kind, number) => `00000000-0000-7000-8000-${kind}${number.toString(16).padStart(11, '0')}`;
export const userId = (number) => hex('1', number);
export const resourceId = (number) => hex('2', number);
export const globalId = (prefix, id) => `${prefix}_${id.replaceAll('-', '')}`;

const uuid = (kind, number) =>
  `('00000000-0000-7000-8000-${kind}' || lpad(to_hex((${number})::bigint), 11, '0'))::uuid`;
export const userSql = (number) => uuid('1', number);
export const resourceSql = (number) => uuid('2', number);

const SEED = `
insert into app_user (id, email, name, role)
  select ${userSql('i')}, 'user' || i || '@example.org', 'User ' || i, 'MEMBER' from generate_series(1, ${USERS}) i;
insert into session (id, user_id, created_at, expires_at, last_used_at, tokens_from)
  select ${uuid('5', 'i')}, ${userSql('i')}, now(), '2100-01-01', now(), '2000-01-01' from generate_series(1, ${USERS}) i;
insert into place (id, kind, name, time_zone, path)
  values (${uuid('6', '1')}, 'SITE', 'Bench', 'Europe/Berlin', array[${uuid('6', '1')}]);
insert into resource_type (id, name) values (${uuid('7', '1')}, 'Room');
insert into resource (id, name, type_id, place_id, time_zone)
  select ${resourceSql('i')}, 'Room ' || i, ${uuid('7', '1')}, ${uuid('6', '1')}, 'Europe/Berlin'
  from generate_series(1, ${RESOURCES}) i;
set session_replication_role = replica;
create temp table seeded as
  select ${uuid('3', 'i')} as id, ${userSql(`1 + i % ${USERS}`)} as owner, ${resourceSql(`1 + i % ${RESOURCES}`)} as resource,
    to_timestamp(${FIRST_DAY / 1000}) + (i / ${RESOURCES * 2}) * interval '1 day'
      + interval '9 hours' + (i / ${RESOURCES} % 2) * interval '4 hours' as starts_at
  from generate_series(0, ${RESERVATIONS - 1}) i;
insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at)
  select id, 'Meeting', owner, owner, 'CONFIRMED', starts_at, starts_at + interval '1 hour', now(), now() from seeded;
insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
  select id, resource, false, tstzrange(starts_at, starts_at + interval '1 hour'), 'infinity' from seeded;
set session_replication_role = origin;
update stream set longest = '1 hour';
-- What the peers write to: the same bare row and the same constraint, nothing beside it.
create table bench_reservation (id uuid primary key, resource_id uuid not null references resource, owner_id uuid not null
  references app_user, title text not null, starts_at timestamptz not null, ends_at timestamptz not null,
  exclude using gist (resource_id with =, tstzrange(starts_at, ends_at) with &&));
`;

/** A database of its own on that server, migrated and filled; `drop` removes it. */
export async function benchDatabase(server) {
  const name = `holdfast_bench_${process.pid}`;
  await onServer(server, (client) => client.query(`create database ${name}`));
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };
  const { migrate } = await import('../../dist/infra/postgres/migrate.js');
  await migrate(url, quiet);
  await onServer(url, async (client) => {
    await client.query(SEED);
    await client.query('vacuum analyze');
  });
  return {
    url,
    name,
    sessionId: (number) => hex('5', number),
    drop: () => onServer(server, (client) => client.query(`drop database ${name} with (force)`)),
  };
}
