-- Webhooks: what happens to reservations, told to other programs.

-- Sortable by its instant (RFC 9562 version 7), as the ids that the program makes.
create function uuid_at(instant timestamptz) returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from instant) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1),
    'hex')::uuid
$$;

create table webhook (
  id uuid primary key,
  name text not null check (name <> ''),
  url text not null check (url ~ '^https?://'),
  -- sealed, bound to the id
  secret_sealed bytea not null,
  -- the one before, which signs along until then
  old_secret_sealed bytea,
  old_secret_until timestamptz(3),
  -- empty: every event, those that come later included
  events text[] not null default '{}',
  resource_id uuid references resource on delete cascade,
  type_id uuid references resource_type on delete cascade,
  place_id uuid references place on delete cascade,
  paused_at timestamptz(3),
  pause_reason text,
  -- attempts that have failed since the last one that did not
  failures integer not null default 0,
  creator_id uuid not null references app_user,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  constraint webhook_name_key unique (name),
  constraint webhook_scope check (num_nonnulls(resource_id, type_id, place_id) <= 1),
  constraint webhook_old_secret check ((old_secret_sealed is null) = (old_secret_until is null)),
  constraint webhook_pause check ((paused_at is null) = (pause_reason is null))
);

-- One event for one webhook. While next_at is set it is to be sent; a sweeper that sends it holds the lease, and
-- moves next_at to where its lease ends.
create table webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references webhook on delete cascade,
  event_type text not null,
  -- { reservation, previous, actorId } with bare ids
  event jsonb not null,
  created_at timestamptz(3) not null,
  -- finished ones since it was written or replayed
  attempts integer not null default 0,
  next_at timestamptz(3),
  lease uuid,
  delivered_at timestamptz(3),
  last_at timestamptz(3),
  last_status integer,
  last_error text,
  response text,
  constraint webhook_delivery_lease check (lease is null or next_at is not null),
  constraint webhook_delivery_delivered check (delivered_at is null or next_at is null)
);
create index webhook_delivery_due on webhook_delivery (webhook_id, next_at) where next_at is not null;
create index webhook_delivery_of on webhook_delivery (webhook_id, id);
create index webhook_delivery_created on webhook_delivery (created_at);

-- What an entry of the audit is called outside; null is not told.
create function webhook_event(action text, state text) returns text language sql immutable as $$
  select case action
    when 'reservation.create' then case state when 'HELD' then 'reservation.held' else 'reservation.created' end
    when 'reservation.confirm' then 'reservation.confirmed'
    when 'reservation.edit' then 'reservation.updated'
    when 'reservation.move' then 'reservation.moved'
    when 'reservation.cancel' then 'reservation.cancelled'
    when 'reservation.cancelByClosure' then 'reservation.cancelled'
    when 'reservation.restore' then 'reservation.restored'
    when 'reservation.expire' then 'reservation.expired'
  end
$$;

-- Every change of a reservation writes audit in its transaction, on every path; so it is told in that transaction,
-- and taken back with it. The key share keeps a webhook that is just being removed from breaking the change.
create function webhook_enqueue() returns trigger language plpgsql as $$
begin
  if not exists (select from webhook where paused_at is null) then
    return null;
  end if;
  insert into webhook_delivery (id, webhook_id, event_type, event, created_at, next_at)
  select uuid_at(told.at), h.id, told.event_type, told.event, told.at, told.at
  from (
    select a.at, webhook_event(a.action, coalesce(a.after ->> 'state', v.state)) as event_type,
      own.ids || array(select (c ->> 'resourceId')::uuid
        from jsonb_array_elements(case jsonb_typeof(a.before -> 'claims') when 'array' then a.before -> 'claims' end) c)
        as resource_ids,
      jsonb_build_object('actorId', a.actor_id,
        'previous', case when a.action = 'reservation.move' then a.before end,
        'reservation', jsonb_build_object('id', v.id, 'title', v.title, 'details', v.details,
          'state', coalesce(a.after ->> 'state', v.state), 'startsAt', v.starts_at, 'endsAt', v.ends_at,
          'expiresAt', v.expires_at, 'ownerId', v.owner_id, 'creatorId', v.creator_id, 'seriesId', v.series_id,
          'version', v.version, 'createdAt', v.created_at, 'updatedAt', v.updated_at,
          'claims', own.claims)) as event
    from written a
    join reservation v on v.id = a.subject_id
    cross join lateral (
      select coalesce(array_agg(c.resource_id), '{}') as ids, coalesce(jsonb_agg(jsonb_build_object(
        'resourceId', c.resource_id, 'name', r.name, 'quantity', c.quantity) order by c.resource_id), '[]') as claims
      from claim c join resource r on r.id = c.resource_id
      where c.reservation_id = v.id and c.kind = 'OWN') own
    where a.action like 'reservation.%'
  ) told
  join webhook h on h.paused_at is null and told.event_type is not null
    and (h.events = '{}' or told.event_type = any (h.events))
    and (num_nonnulls(h.resource_id, h.type_id, h.place_id) = 0 or exists (
      select from resource r join place p on p.id = r.place_id
      where r.id = any (told.resource_ids) and (h.resource_id is null or r.id = h.resource_id)
        and (h.type_id is null or r.type_id = h.type_id) and (h.place_id is null or h.place_id = any (p.path))))
  for key share of h;
  return null;
end $$;
create trigger webhook_enqueue after insert on audit referencing new table as written
  for each statement execute function webhook_enqueue();
