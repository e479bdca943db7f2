-- Rules as data, closures, divisible rooms, add-ons and series.

-- Rules ----------------------------------------------------------------------------------------

-- One number for everything that decisions read beside reservations and people. Every process keeps the book
-- in memory under this number; a claim names the number that it was judged by, and claim_placed refuses it
-- when the book has moved on.
create table rule_book (
  one boolean primary key default true check (one),
  version bigint not null default 1
);
insert into rule_book default values;

create function rule_book_turn() returns trigger language plpgsql as $$
begin
  update rule_book set version = version + 1;
  return null;
end $$;

-- One rule of one kind for a resource, a type, a place, or (none of them) the organisation, from a date on.
-- The nearest one counts; settings null says that from that date on none stands here.
create table rule (
  id uuid primary key,
  kind text not null check (kind in ('OPENING_HOURS', 'BUFFERS', 'NOTICE', 'LENGTH', 'GRID', 'QUOTA', 'ACCESS')),
  -- several quotas stand side by side under their names; the others have none
  name text not null default '' check ((kind = 'QUOTA') = (name <> '')),
  resource_id uuid references resource on delete cascade,
  type_id uuid references resource_type on delete cascade,
  place_id uuid references place on delete cascade,
  -- the first local day on which it counts; null: always did
  effective_from date,
  exempt_roles text[] not null default '{}',
  settings jsonb check (jsonb_typeof(settings) = 'object'),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  constraint rule_scope check (num_nonnulls(resource_id, type_id, place_id) <= 1),
  constraint rule_key unique nulls not distinct (resource_id, type_id, place_id, kind, name, effective_from)
);
create index rule_order on rule (kind, name, id);

-- A span in which resources cannot be reserved, as wall-clock times in each resource's own zone.
create table closure (
  id uuid primary key,
  title text not null check (title <> ''),
  resource_id uuid references resource on delete cascade,
  type_id uuid references resource_type on delete cascade,
  place_id uuid references place on delete cascade,
  starts_local timestamp(3) not null,
  ends_local timestamp(3) not null,
  rrule text,
  exdates text[] not null default '{}',
  -- the event of an imported calendar that it comes from: a second import changes it instead of adding one
  source_uid text,
  creator_id uuid not null references app_user,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  constraint closure_scope check (num_nonnulls(resource_id, type_id, place_id) <= 1),
  constraint closure_span check (starts_local < ends_local and isfinite(starts_local) and isfinite(ends_local))
);
create unique index closure_source_key on closure (source_uid, resource_id, type_id, place_id)
  nulls not distinct where source_uid is not null;
create index closure_order on closure (starts_local, id);

-- Divisible rooms: every whole with each of its parts, near (depth 1) and far: resource_part_kept.
create table resource_part (
  whole_id uuid not null,
  part_id uuid not null,
  -- the fewest steps from the whole to the part
  depth integer not null check (depth between 1 and 4),
  -- repeats what the resources say: claim_never_twice keeps no pools apart, so they are no parts and have none
  pooled boolean not null default false check (not pooled),
  primary key (whole_id, part_id),
  check (whole_id <> part_id),
  constraint resource_part_whole foreign key (whole_id, pooled) references resource (id, pooled) on delete cascade,
  constraint resource_part_part foreign key (part_id, pooled) references resource (id, pooled) on delete cascade
);
create index resource_part_wholes on resource_part (part_id);

-- Pools that can be added to a reservation of the resource.
create table resource_add_on (
  resource_id uuid not null references resource on delete cascade,
  pool_id uuid not null,
  -- how many one reservation may add; null: as many as there are
  most integer check (most >= 1),
  pooled boolean not null default true check (pooled),
  primary key (resource_id, pool_id),
  check (resource_id <> pool_id),
  constraint resource_add_on_pool foreign key (pool_id, pooled) references resource (id, pooled) on delete cascade
);
create index resource_add_on_offers on resource_add_on (pool_id);

alter table resource
  -- a pool that is reserved only together with a resource that offers it
  add column add_on_only boolean not null default false,
  -- null: the buffers rule decides
  alter column setup_minutes drop not null,
  alter column setup_minutes drop default,
  alter column teardown_minutes drop not null,
  alter column teardown_minutes drop default,
  add constraint resource_add_on_only check (pooled or not add_on_only);
update resource set setup_minutes = nullif(setup_minutes, 0), teardown_minutes = nullif(teardown_minutes, 0);

create trigger rule_turns after insert or update or delete or truncate on rule
  for each statement execute function rule_book_turn();
create trigger closure_turns after insert or update or delete or truncate on closure
  for each statement execute function rule_book_turn();
create trigger resource_part_turns after insert or update or delete or truncate on resource_part
  for each statement execute function rule_book_turn();
create trigger resource_add_on_turns after insert or update or delete or truncate on resource_add_on
  for each statement execute function rule_book_turn();
create trigger place_turns after insert or update of path or delete or truncate on place
  for each statement execute function rule_book_turn();
-- a new resource is in nobody's memory yet
create trigger resource_turns after update of name, type_id, place_id, time_zone, pooled, setup_minutes,
  teardown_minutes, add_on_only or delete on resource
  for each statement execute function rule_book_turn();

-- A change of rules is a change of availability: it gets its number in each stream that it touches.
alter table outbox alter column reservation_id drop not null;

create function stream_tell_rules(resource uuid, type uuid, place uuid) returns uuid[] language plpgsql as $$
declare
  concerned uuid[] := array(select r.id from resource r join place p on p.id = r.place_id
    where (resource is null or r.id = resource) and (type is null or r.type_id = type)
      and (place is null or place = any (p.path)));
  touched uuid[];
begin
  -- in ascending order, as reservations lock them at commit
  perform 1 from stream s where s.resource_id = any (concerned) order by s.resource_id for update;
  with told as (
    update stream s set version = s.version + 1 where s.resource_id = any (concerned)
    returning s.resource_id, s.version
  ), kept as (
    insert into outbox (resource_id, version, quantity) select resource_id, version, 0 from told returning resource_id
  )
  select coalesce(array_agg(resource_id order by resource_id), '{}') into touched from kept;
  return touched;
end $$;

-- Divisible rooms ------------------------------------------------------------------------------

-- OWN: asked for. PART: of a whole that was asked for; counts like its own. SHADE: on a whole of which a part
-- was asked for; shows it as taken, and leaves its other parts alone.
alter table claim
  add column kind text not null default 'OWN' check (kind in ('OWN', 'PART', 'SHADE')),
  -- the number of the rule book by which it was judged; null (psql) is not judged by rules
  add column judged_by bigint;
alter table claim drop constraint claim_never_twice;
alter table claim add constraint claim_never_twice exclude using gist (resource_id with =, occupied with &&)
  where (occupies and not pooled and kind <> 'SHADE');

-- A claim on a whole comes with claims on all of its parts, a claim on a part with one on each whole, and neither
-- part nor shade stands without the claim that brings it: with claim_never_twice this keeps a whole and its parts
-- apart, for psql as well. Looks at one claim of the reservation, or at all of them.
create function claim_parts_kept(reservation uuid, resource uuid default null) returns void language plpgsql as $$
begin
  if exists (
    select from claim c
    where c.reservation_id = reservation and (resource is null or c.resource_id = resource) and c.occupies and (
      (c.kind <> 'SHADE' and exists (
        select from resource_part l
        where l.whole_id = c.resource_id and not exists (
          select from claim d where d.reservation_id = reservation and d.resource_id = l.part_id
            and d.kind <> 'SHADE' and d.occupied @> c.occupied)))
      or (c.kind <> 'SHADE' and exists (
        select from resource_part l
        where l.part_id = c.resource_id and not exists (
          select from claim d where d.reservation_id = reservation and d.resource_id = l.whole_id
            and d.occupied @> c.occupied)))
      or (c.kind = 'PART' and not exists (
        select from resource_part l join claim d on d.reservation_id = reservation and d.resource_id = l.whole_id
        where l.part_id = c.resource_id and d.kind = 'OWN'))
      or (c.kind = 'SHADE' and not exists (
        select from resource_part l join claim d on d.reservation_id = reservation and d.resource_id = l.part_id
        where l.whole_id = c.resource_id and d.kind <> 'SHADE')))
  ) then
    raise exception 'reservation % claims a whole without its parts, or a part without its whole', reservation
      using errcode = 'HF003', constraint = 'claim_parts_kept';
  end if;
end $$;

create or replace function claim_placed() returns trigger language plpgsql as $$
declare
  next bigint;
  book bigint;
  divided boolean;
begin
  -- stream_append in place: a call less on the path of every new reservation (12 % of the whole statement)
  update stream set version = version + 1,
    longest = greatest(longest, upper(new.occupied) - lower(new.occupied))
  where resource_id = new.resource_id returning version into next;
  insert into outbox (resource_id, version, reservation_id, freed, taken, quantity, taken_until)
  values (new.resource_id, next, new.reservation_id, new.vacated, new.occupied, new.quantity,
    new.occupies_until);
  -- Behind the stream's lock, which a change of rules or of parts takes before it commits: neither can overlook
  -- the other.
  select version, exists (select from resource_part where whole_id = new.resource_id)
    or exists (select from resource_part where part_id = new.resource_id)
  into book, divided from rule_book;
  if new.judged_by <> book then
    raise exception 'the rules have moved on since % was judged', new.reservation_id
      using errcode = 'HF004', constraint = 'claim_judged';
  end if;
  if divided or new.kind <> 'OWN' then
    -- what replaces a claim may break others; what is merely new needs them
    perform claim_parts_kept(new.reservation_id, case when new.vacated is null then new.resource_id end);
  end if;
  return null;
end $$;

create function claim_whole_changed() returns trigger language plpgsql as $$
begin
  perform 1 from stream where resource_id = new.resource_id for update;
  perform claim_parts_kept(new.reservation_id);
  if old.reservation_id <> new.reservation_id then
    perform claim_parts_kept(old.reservation_id);
  end if;
  return null;
end $$;
-- named to run after claim_changed and claim_removed, which lock the stream
create constraint trigger claim_whole_changed after update on claim
  deferrable initially deferred for each row
  when (new.occupies and (old.reservation_id, old.resource_id, old.occupied, old.kind, old.occupies)
    is distinct from (new.reservation_id, new.resource_id, new.occupied, new.kind, new.occupies))
  execute function claim_whole_changed();

create function claim_whole_removed() returns trigger language plpgsql as $$
begin
  if exists (select from resource_part where whole_id = old.resource_id)
    or exists (select from resource_part where part_id = old.resource_id) then
    perform claim_parts_kept(old.reservation_id);
  end if;
  return null;
end $$;
create constraint trigger claim_whole_removed after delete on claim
  deferrable initially deferred for each row when (old.occupies) execute function claim_whole_removed();

-- The far parts of a whole and of the wholes around it are exactly what the near ones come to. A circle would
-- make a resource a part of itself, which the table's check refuses.
create function resource_part_closed(whole uuid) returns boolean language sql as $$
  with around as (select whole as id union select whole_id from resource_part where part_id = whole)
  select not exists (
    select from around a
    join resource_part near on near.whole_id = a.id
    join resource_part far on far.whole_id = near.part_id
    left join resource_part l on l.whole_id = a.id and l.part_id = far.part_id
    where l.depth is null or l.depth > near.depth + far.depth
  ) and not exists (
    select from around a
    join resource_part l on l.whole_id = a.id and l.depth > 1
    where not exists (
      select from resource_part near join resource_part far on far.whole_id = near.part_id
      where near.whole_id = a.id and near.depth = 1 and far.part_id = l.part_id and far.depth = l.depth - 1)
  )
$$;

-- Writers of parts wait for each other on the row of rule_book, and for claims on their streams, which they mark:
-- a claim in a snapshot from before then fails to serialize.
create function resource_part_kept(whole uuid, part uuid) returns void language plpgsql as $$
begin
  if not resource_part_closed(whole) then
    raise exception 'the parts of % and of what it belongs to are not complete', whole
      using errcode = 'HF005', constraint = 'resource_part_kept';
  end if;
  perform 1 from stream where resource_id in (whole, part) order by resource_id for update;
  update stream set longest = longest where resource_id in (whole, part);
  perform claim_parts_kept(live.reservation_id) from (
    select distinct reservation_id from claim
    where resource_id in (whole, part) and occupies and upper(occupied) > now()) live;
end $$;

create function resource_part_changed() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform resource_part_kept(old.whole_id, old.part_id);
  end if;
  if tg_op <> 'DELETE' then
    perform resource_part_kept(new.whole_id, new.part_id);
  end if;
  return null;
end $$;
create constraint trigger resource_part_changed after insert or update or delete on resource_part
  deferrable initially deferred for each row execute function resource_part_changed();

-- Series ---------------------------------------------------------------------------------------

create table series (
  id uuid primary key,
  title text not null check (title <> ''),
  details text not null default '',
  owner_id uuid not null references app_user,
  creator_id uuid not null references app_user,
  rrule text not null,
  exdates text[] not null default '{}',
  rdates text[] not null default '{}',
  starts_local text not null,
  ends_local text not null,
  time_zone text not null,
  -- [{ resourceId, quantity }]
  resources jsonb not null check (jsonb_typeof(resources) = 'array'),
  -- the series that this one was split from by a change of this and following
  previous_id uuid references series,
  cancelled_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null
);
create index series_owner on series (owner_id, id);

alter table reservation
  -- the wall clock that was meant, kept where a new tz database would move the instants
  add column local_start timestamp(3),
  add column local_end timestamp(3),
  add column time_zone text,
  add column series_id uuid references series,
  -- which occurrence it is: the wall-clock start that the rule gives
  add column occurrence text,
  -- changed, moved or cancelled by itself: edits of the series leave it alone
  add column detached boolean not null default false,
  add column closure_id uuid references closure on delete set null,
  add constraint reservation_local check (num_nonnulls(local_start, local_end, time_zone) in (0, 3)),
  add constraint reservation_occurrence check ((series_id is null) = (occurrence is null));
create index reservation_series on reservation (series_id, starts_at) where series_id is not null;
create index reservation_closure on reservation (closure_id) where closure_id is not null;

update reservation v set time_zone = r.time_zone, local_start = v.starts_at at time zone r.time_zone,
  local_end = v.ends_at at time zone r.time_zone
from (select distinct on (c.reservation_id) c.reservation_id, x.time_zone
  from claim c join resource x on x.id = c.resource_id order by c.reservation_id, c.resource_id) r
where r.reservation_id = v.id;

-- Notifications --------------------------------------------------------------------------------

-- What somebody must be told, written in the transaction that causes it.
create table notification (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  kind text not null check (kind in ('CANCELLED_BY_CLOSURE', 'RESTORED_AFTER_CLOSURE')),
  reservation_id uuid references reservation on delete cascade,
  message text not null check (message <> ''),
  created_at timestamptz(3) not null,
  read_at timestamptz(3)
);
create index notification_of_user on notification (user_id, id);
