-- The foundation: people, resources, reservations, streams.
-- What must never break is refused here, so that it holds for psql as it does for the API.
create extension if not exists btree_gist;

-- People ---------------------------------------------------------------------------------------

create table app_user (
  id uuid primary key,
  email text not null check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  name text not null check (name <> ''),
  role text not null check (role in ('ADMINISTRATOR', 'MANAGER', 'MEMBER', 'GUEST')),
  active boolean not null default true,
  time_zone text not null default 'UTC',
  password_hash text,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  constraint app_user_email_key unique (email)
);
create index app_user_order on app_user (name, id);

-- A sign-in. tokens_from moves forward when access tokens given out before must stop counting.
create table session (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  tokens_from timestamptz(3) not null,
  user_agent text,
  address text
);
create index session_of_user on session (user_id, created_at);
create index session_revoked on session (revoked_at) where revoked_at is not null;
create index session_tokens_from on session (tokens_from);

create table refresh_token (
  hash bytea primary key,
  session_id uuid not null references session on delete cascade,
  created_at timestamptz(3) not null,
  replaced_at timestamptz(3)
);
create index refresh_token_session on refresh_token (session_id);

create table signing_key (
  kid text primary key,
  algorithm text not null,
  public_jwk jsonb not null,
  private_jwk_sealed bytea not null,
  created_at timestamptz(3) not null,
  signs_until timestamptz(3) not null,
  verifies_until timestamptz(3) not null
);

-- Resources ------------------------------------------------------------------------------------

create table place (
  id uuid primary key,
  parent_id uuid references place,
  kind text not null check (kind in ('SITE', 'BUILDING', 'FLOOR', 'AREA')),
  name text not null check (name <> ''),
  time_zone text,
  -- from the root to this place itself, so that a subtree is one index look-up
  path uuid[] not null check (path[cardinality(path)] = id),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  constraint place_name_key unique nulls not distinct (parent_id, name)
);
create index place_path on place using gin (path);

create table resource_type (
  id uuid primary key,
  name text not null check (name <> ''),
  description text not null default '',
  -- [{ key, label, kind: TEXT|NUMBER|BOOLEAN|CHOICE, unit?, choices?, required }]
  attributes jsonb not null default '[]' check (jsonb_typeof(attributes) = 'array'),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  constraint resource_type_name_key unique (name)
);

create table resource (
  id uuid primary key,
  name text not null check (name <> ''),
  description text not null default '',
  type_id uuid not null references resource_type,
  place_id uuid not null references place,
  time_zone text not null,
  pooled boolean not null default false,
  capacity integer not null default 1 check (capacity >= 1),
  seats integer check (seats >= 0),
  status text not null default 'ACTIVE' check (status in ('ACTIVE', 'MAINTENANCE', 'RETIRED')),
  status_reason text,
  tags text[] not null default '{}',
  attributes jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  setup_minutes integer not null default 0 check (setup_minutes between 0 and 10080),
  teardown_minutes integer not null default 0 check (teardown_minutes between 0 and 10080),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  search tsvector not null default ''::tsvector,
  constraint resource_name_key unique (place_id, name),
  -- a claim repeats pooled, so that its exclusion constraint can tell: see claim_resource
  constraint resource_pooled_key unique (id, pooled),
  constraint resource_capacity check (pooled or capacity = 1)
);
create index resource_order on resource (name, id);
create index resource_type_index on resource (type_id);
create index resource_tags on resource using gin (tags);
create index resource_search on resource using gin (search);
create index resource_attributes on resource using gin (attributes jsonb_path_ops);

create table resource_manager (
  resource_id uuid not null references resource on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  primary key (resource_id, user_id)
);
create index resource_manager_user on resource_manager (user_id);

-- ASCII punctuation parts words, so that 101 finds "A-101"; otherwise the parser makes signed numbers, paths
-- and hosts of such names. The reader of resources prepares a search in the same way.
create function words_of(text text) returns tsvector language sql immutable as $$
  select to_tsvector('simple', translate(text, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32)))
$$;

create function resource_words() returns trigger language plpgsql as $$
begin
  new.search :=
    setweight(words_of(new.name), 'A') ||
    setweight(words_of(array_to_string(new.tags, ' ')), 'B') ||
    setweight(words_of(coalesce((select name from resource_type where id = new.type_id), '')), 'B') ||
    setweight(words_of(coalesce((
      select string_agg(p.name, ' ') from place p
      where p.id = any ((select path from place where id = new.place_id)::uuid[])), '')), 'C') ||
    setweight(words_of(new.description), 'D') ||
    setweight(words_of(coalesce((
      select string_agg(value #>> '{}', ' ') from jsonb_each(new.attributes)
      where jsonb_typeof(value) = 'string'), '')), 'D');
  return new;
end $$;
create trigger resource_words before insert or update on resource
  for each row execute function resource_words();

-- Streams --------------------------------------------------------------------------------------

-- One number per resource, in a narrow table of its own: its row lock makes version order commit order.
-- longest bounds how far before a window a claim that reaches into it can start.
create table stream (
  resource_id uuid primary key references resource on delete cascade,
  version bigint not null default 0,
  longest interval not null default '0'
) with (fillfactor = 50);

-- Every committed change of availability; pruned by retention.
create table outbox (
  resource_id uuid not null,
  version bigint not null,
  reservation_id uuid not null,
  freed tstzrange,
  taken tstzrange,
  quantity integer not null,
  -- infinity: for good; an instant: a hold that dies then
  taken_until timestamptz(3),
  at timestamptz(3) not null default clock_timestamp(),
  primary key (resource_id, version)
);
create index outbox_at on outbox using brin (at);

create function stream_open() returns trigger language plpgsql as $$
begin
  insert into stream (resource_id) values (new.id);
  return null;
end $$;
create trigger stream_open after insert on resource for each row execute function stream_open();

-- Reservations ---------------------------------------------------------------------------------

create table reservation (
  id uuid primary key,
  title text not null check (title <> ''),
  details text not null default '',
  owner_id uuid not null references app_user,
  creator_id uuid not null references app_user,
  state text not null check (state in ('HELD', 'CONFIRMED', 'CANCELLED', 'EXPIRED')),
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  expires_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  -- The whole fact of occupying in one value, which every claim repeats by a foreign key that cascades:
  -- -infinity does not occupy, an instant is a hold that dies then, infinity occupies for good.
  occupies_until timestamptz(3) not null generated always as (
    case state when 'CONFIRMED' then 'infinity'::timestamptz(3)
               when 'HELD' then expires_at
               else '-infinity'::timestamptz(3) end) stored,
  constraint reservation_window check (starts_at < ends_at and isfinite(starts_at) and isfinite(ends_at)),
  constraint reservation_hold check (state <> 'HELD' or (expires_at is not null and isfinite(expires_at))),
  constraint reservation_occupies_key unique (id, occupies_until)
);
create index reservation_start on reservation (starts_at, id);
create index reservation_owner on reservation (owner_id, starts_at, id);
create index reservation_expiry on reservation (expires_at) where state = 'HELD';

create table claim (
  reservation_id uuid not null,
  resource_id uuid not null,
  pooled boolean not null,
  quantity integer not null default 1 check (quantity >= 1),
  occupied tstzrange not null,
  occupies_until timestamptz(3) not null,
  occupies boolean not null generated always as (occupies_until > '-infinity'::timestamptz) stored,
  -- the span that the move which placed this claim has vacated: lets the stream tell a move as one change
  vacated tstzrange,
  primary key (reservation_id, resource_id),
  constraint claim_reservation foreign key (reservation_id, occupies_until)
    references reservation (id, occupies_until) on update cascade on delete cascade,
  constraint claim_resource foreign key (resource_id, pooled)
    references resource (id, pooled) on update cascade,
  constraint claim_span check (
    not isempty(occupied) and not lower_inf(occupied) and not upper_inf(occupied)
    and lower_inc(occupied) and not upper_inc(occupied)
    and isfinite(lower(occupied)) and isfinite(upper(occupied))),
  constraint claim_exclusive_quantity check (pooled or quantity = 1),
  constraint claim_never_twice exclude using gist (resource_id with =, occupied with &&)
    where (occupies and not pooled)
);
create index claim_day on claim (resource_id, lower(occupied));

-- Most of a pool that is in use at any instant of the span. Locks the pool's stream first, so that two
-- requests for one pool judge one after the other; each query inside sees what the other has committed.
create function pool_peak(pool uuid, span tstzrange) returns integer language plpgsql volatile as $$
begin
  perform 1 from stream where resource_id = pool for update;
  return coalesce((
    select max(used) from (
      select sum(step) over (order by at, step rows unbounded preceding) as used
      from claim c
      cross join lateral (values
        (lower(c.occupied * span), c.quantity), (upper(c.occupied * span), -c.quantity)) as edge (at, step)
      where c.resource_id = pool and c.occupies and c.occupied && span
        and lower(c.occupied) < coalesce(upper(span), 'infinity')
        and lower(c.occupied) > lower(span) - (select longest from stream where resource_id = pool)
    ) running), 0);
end $$;

-- Numbers one change of one resource.
create function stream_append(
  resource uuid, reservation uuid, freed tstzrange, taken tstzrange, quantity integer, taken_until timestamptz
) returns void language plpgsql as $$
declare
  next bigint;
begin
  update stream set version = version + 1,
    longest = greatest(longest, coalesce(upper(taken) - lower(taken), '0'))
  where resource_id = resource returning version into next;
  insert into outbox (resource_id, version, reservation_id, freed, taken, quantity, taken_until)
  values (resource, next, reservation, freed, taken, quantity, taken_until);
end $$;

-- These run at commit, on every write path, so that the stream's row lock lives for one flush.
create function claim_placed() returns trigger language plpgsql as $$
declare
  next bigint;
begin
  -- stream_append in place: a call less on the path of every new reservation (12 % of the whole statement)
  update stream set version = version + 1,
    longest = greatest(longest, upper(new.occupied) - lower(new.occupied))
  where resource_id = new.resource_id returning version into next;
  insert into outbox (resource_id, version, reservation_id, freed, taken, quantity, taken_until)
  values (new.resource_id, next, new.reservation_id, new.vacated, new.occupied, new.quantity,
    new.occupies_until);
  return null;
end $$;
create constraint trigger claim_placed after insert on claim
  deferrable initially deferred for each row when (new.occupies) execute function claim_placed();

create function claim_changed() returns trigger language plpgsql as $$
begin
  if old.resource_id = new.resource_id and old.reservation_id = new.reservation_id then
    perform stream_append(new.resource_id, new.reservation_id,
      case when old.occupies then old.occupied end, case when new.occupies then new.occupied end,
      new.quantity, case when new.occupies then new.occupies_until end);
    return null;
  end if;
  if old.occupies then
    perform stream_append(old.resource_id, old.reservation_id, old.occupied, null, old.quantity, null);
  end if;
  if new.occupies then
    perform stream_append(new.resource_id, new.reservation_id, null, new.occupied, new.quantity,
      new.occupies_until);
  end if;
  return null;
end $$;
create constraint trigger claim_changed after update on claim
  deferrable initially deferred for each row
  when ((old.occupies or new.occupies) and
    (old.reservation_id, old.resource_id, old.occupied, old.occupies_until, old.quantity)
    is distinct from (new.reservation_id, new.resource_id, new.occupied, new.occupies_until, new.quantity))
  execute function claim_changed();

create function claim_removed() returns trigger language plpgsql as $$
begin
  -- a move removes and places anew; the placed claim then tells both as one change
  if not exists (
    select from claim c where c.reservation_id = old.reservation_id and c.resource_id = old.resource_id
      and c.vacated = old.occupied) then
    perform stream_append(old.resource_id, old.reservation_id, old.occupied, null, old.quantity, null);
  end if;
  return null;
end $$;
create constraint trigger claim_removed after delete on claim
  deferrable initially deferred for each row when (old.occupies) execute function claim_removed();

create function claim_pool_kept() returns trigger language plpgsql as $$
declare
  pool_capacity integer;
begin
  select capacity into pool_capacity from resource where id = new.resource_id;
  if pool_peak(new.resource_id, new.occupied) > pool_capacity then
    raise exception 'pool % has no room for this claim', new.resource_id
      using errcode = 'HF001', constraint = 'claim_pool_kept';
  end if;
  return null;
end $$;
-- named to run after the triggers above: they move stream.longest, which pool_peak reads
create constraint trigger claim_pool_kept after insert or update on claim
  deferrable initially deferred for each row when (new.occupies and new.pooled)
  execute function claim_pool_kept();

-- A pool never shrinks below what is committed, and becomes a pool or stops being one only when that fits.
create function resource_capacity_kept() returns trigger language plpgsql as $$
begin
  if new.pooled and pool_peak(new.id, tstzrange(now(), null)) > new.capacity then
    raise exception 'pool % has more in use than its new capacity', new.id
      using errcode = 'HF002', constraint = 'resource_capacity_kept';
  end if;
  return null;
end $$;
create constraint trigger resource_capacity_kept after update of capacity, pooled on resource
  deferrable initially deferred for each row execute function resource_capacity_kept();

-- Records --------------------------------------------------------------------------------------

create table audit (
  id uuid primary key,
  at timestamptz(3) not null,
  actor_id uuid,
  action text not null,
  subject_id uuid,
  before jsonb,
  after jsonb,
  request_id text
);
create index audit_subject on audit (subject_id, id);

create table idempotency (
  actor_id uuid not null,
  operation text not null,
  key text not null check (length(key) between 1 and 200),
  payload_hash bytea not null,
  answer jsonb not null,
  at timestamptz(3) not null,
  constraint idempotency_pkey primary key (actor_id, operation, key)
);
create index idempotency_at on idempotency using brin (at);
