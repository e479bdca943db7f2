import { onServer } from '../kit/run/postgres.mjs';
import { RESOURCES, resourceSql, USERS, userSql } from './database.mjs';

export const DAY = 86_400_000;
/** The Monday after next: near enough to be within the horizon, far enough to be within notice. */
export const WEEK = Math.ceil((Date.now() / DAY - 4) / 7 + 1) * 7 * DAY + 4 * DAY;
export const RESERVATIONS_OF_WEEK = 20_000;

const hours = (days, opens, closes) => ({ days, spans: [{ opens, closes }] });
const hoursRule = (scope, ...week) =>
  `insert into rule (id, kind, ${scope.column}, settings) values (gen_random_uuid(), 'OPENING_HOURS', '${scope.id}', '${JSON.stringify({ week, exceptions: [] })}');`;
const id = (kind, number) => `00000000-0000-7000-8000-${kind}${number.toString(16).padStart(11, '0')}`;
const local = (ms) => new Date(ms).toISOString().slice(0, -1);
const closure = (column, scope, title, from, to) =>
  `insert into closure (id, title, ${column}creator_id, starts_local, ends_local)
   values (gen_random_uuid(), '${title}', ${scope}${userSql(1)}, '${local(from)}', '${local(to)}');`;

/** Four types in five buildings with opening hours of their own, notice, a holiday and some maintenance. */
const RULES = `
insert into place (id, kind, name, parent_id, path)
  select ('00000000-0000-7000-8000-6' || lpad(to_hex(1 + i), 11, '0'))::uuid, 'BUILDING', 'Building ' || i, '${id(6, 1)}',
    array['${id(6, 1)}', '00000000-0000-7000-8000-6' || lpad(to_hex(1 + i), 11, '0')]::uuid[] from generate_series(1, 5) i;
insert into resource_type (id, name)
  select ('00000000-0000-7000-8000-7' || lpad(to_hex(1 + i), 11, '0'))::uuid, 'Type ' || i from generate_series(1, 4) i;
update resource set place_id = ('00000000-0000-7000-8000-6' || lpad(to_hex(2 + i % 5), 11, '0'))::uuid,
  type_id = ('00000000-0000-7000-8000-7' || lpad(to_hex(2 + i % 4), 11, '0'))::uuid
  from generate_series(1, ${RESOURCES}) i where resource.id = ${resourceSql('i')};
${hoursRule({ column: 'type_id', id: id(7, 2) }, hours([1, 2, 3, 4, 5], '07:00', '20:00'))}
${hoursRule({ column: 'type_id', id: id(7, 3) }, hours([1, 2, 3, 4, 5, 6], '06:00', '22:00'))}
${hoursRule({ column: 'place_id', id: id(6, 1) }, hours([1, 2, 3, 4, 5], '06:30', '21:00'), hours([6], '08:00', '14:00'))}
${hoursRule({ column: 'place_id', id: id(6, 3) }, hours([1, 2, 3, 4, 5, 6, 7], '00:00', '24:00'))}
insert into rule (id, kind, settings) values (gen_random_uuid(), 'NOTICE', '{"leastMinutes": 60, "horizonDays": 90, "cancelMinutes": null}');
${closure('', '', 'Holiday', WEEK + 4 * DAY, WEEK + 5 * DAY)}
${closure('place_id, ', `'${id(6, 4)}', `, 'Painting', WEEK + DAY, WEEK + DAY + DAY / 2)}
${closure('resource_id, ', `${resourceSql(7)}, `, 'Repair', WEEK, WEEK + 2 * DAY)}
`;

/** Four a day on five days of each resource, an hour long, so that most days come to free and taken by turns. */
const RESERVED = `
set session_replication_role = replica;
create temp table of_week as
  select gen_random_uuid() as id, ${userSql(`1 + i % ${USERS}`)} as owner, ${resourceSql(`1 + i % ${RESOURCES}`)} as resource,
    to_timestamp(${WEEK / 1000}) + (i / ${RESOURCES * 4}) * interval '1 day' + interval '7 hours'
      + (i / ${RESOURCES} % 4) * interval '150 minutes' + (i % 3) * interval '15 minutes' as starts_at
  from generate_series(0, ${RESERVATIONS_OF_WEEK - 1}) i;
insert into reservation (id, title, owner_id, creator_id, state, starts_at, ends_at, created_at, updated_at)
  select id, 'Meeting', owner, owner, 'CONFIRMED', starts_at, starts_at + interval '1 hour', now(), now() from of_week;
insert into claim (reservation_id, resource_id, pooled, occupied, occupies_until)
  select id, resource, false, tstzrange(starts_at, starts_at + interval '1 hour'), 'infinity' from of_week;
set session_replication_role = origin;
`;

/** Fills one week of a bench database with 20,000 reservations, and lays rules over it. */
export const fillWeek = (url) =>
  onServer(url, async (client) => {
    await client.query(RULES + RESERVED);
    await client.query('vacuum analyze');
  });
