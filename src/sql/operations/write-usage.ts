import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

/** What one process has counted in a few seconds. A client is null where people have asked. */
export interface CountedUsage {
  readonly documents: readonly {
    readonly clientId: string | null;
    readonly document: string | null;
    readonly count: number;
  }[];
  readonly fields: readonly {
    readonly clientId: string | null;
    readonly field: string;
    readonly count: number;
  }[];
  /** Which secrets were last used from where: the secret's session, its client and the caller's address. */
  readonly secrets: readonly {
    readonly id: string;
    readonly clientId: string;
    readonly address: string | null;
  }[];
}

/** Rows are taken in one order by every process, so that none of them wait for each other in a circle. */
const WRITE = statement<never>(
  'usage-write',
  `with clock as materialized (select date_trunc('milliseconds', ${NOW}) as now
   ), documents as (
     insert into document_usage as u (day, client_id, document, count)
     select (now at time zone 'UTC')::date, d."clientId", d.document, d.count
     from clock, jsonb_to_recordset($2::jsonb) as d ("clientId" uuid, document text, count bigint)
     order by d."clientId", d.document
     on conflict on constraint document_usage_key do update set count = u.count + excluded.count
   ), fields as (
     insert into field_usage as u (day, client_id, field, count)
     select (now at time zone 'UTC')::date, f."clientId", f.field, f.count
     from clock, jsonb_to_recordset($3::jsonb) as f ("clientId" uuid, field text, count bigint)
     order by f."clientId", f.field
     on conflict on constraint field_usage_key do update set count = u.count + excluded.count
   ), used as materialized (
     select s.* from jsonb_to_recordset($4::jsonb) as s (id uuid, "clientId" uuid, address text)
   ), clients as materialized (
     select c.id from api_client c where c.id in (select "clientId" from used) order by c.id for no key update
   ), seen as (
     update api_client c set last_used_at = now,
       last_address = (select address from used where "clientId" = c.id limit 1)
     from clients, clock where c.id = clients.id
   ), sessions as materialized (
     select s.id from session s where s.id in (select id from used) order by s.id for no key update
   )
   update session s set last_used_at = greatest(s.last_used_at, now) from sessions, clock where s.id = sessions.id`,
);

/** Adds what was counted to its day (UTC), and says when clients and secrets were last used. */
export async function writeUsage(on: Queryable, now: string | null, usage: CountedUsage): Promise<void> {
  const { documents, fields, secrets } = usage;
  await on.query(WRITE, [now, JSON.stringify(documents), JSON.stringify(fields), JSON.stringify(secrets)]);
}

const PRUNE = statement<{ pruned: number }>(
  'usage-prune',
  `with documents as (
     delete from document_usage where day < (${NOW} at time zone 'UTC')::date - $2::integer returning 1
   ), fields as (
     delete from field_usage where day < (${NOW} at time zone 'UTC')::date - $2::integer returning 1
   )
   select ((select count(*) from documents) + (select count(*) from fields))::integer as pruned`,
);

/** Removes counts of days longer ago than that; returns how many. */
export async function pruneUsage(on: Queryable, now: string | null, days: number): Promise<number> {
  return (await on.query(PRUNE, [now, days]))[0]?.pruned ?? 0;
}
