-- The waitlist: who waits for which time, and what is free for them and not passed on yet.

create table wait (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  title text not null check (title <> ''),
  details text not null default '',
  state text not null default 'WAITING'
    check (state in ('WAITING', 'OFFERED', 'FULFILLED', 'EXPIRED', 'WITHDRAWN')),
  -- any start between the two; a wish for one window has only one. From the last start to the last end is its length.
  first_start timestamptz(3) not null,
  last_start timestamptz(3) not null,
  last_end timestamptz(3) not null,
  -- what is asked for, all of it at once: [{ resourceId, quantity }]
  resources jsonb not null check (jsonb_typeof(resources) = 'array' and jsonb_array_length(resources) > 0),
  -- whether equals do as well, and in which attributes they must agree
  or_equivalent boolean not null default false,
  same_attributes text[] not null default '{}',
  -- by the rule of the moment at which it was asked; the higher one comes first, then the earlier one
  priority integer not null default 0,
  asked_at timestamptz(3) not null,
  offered_at timestamptz(3),
  -- the hold that was offered
  reservation_id uuid unique references reservation on delete set null,
  constraint wait_span check (first_start <= last_start and last_start < last_end
    and isfinite(first_start) and isfinite(last_end)),
  constraint wait_offer check (state not in ('WAITING', 'OFFERED') or (state = 'WAITING') = (offered_at is null))
);
create index wait_of_user on wait (user_id, id);
create index wait_queue on wait ((-priority), asked_at, id) where state = 'WAITING';
create index wait_death on wait (last_start) where state = 'WAITING';

-- While somebody waits: every resource that would do, for each that is asked for. Most of the time there is nothing here,
-- so that changes of availability find that out by one look.
create table wait_target (
  wait_id uuid not null references wait on delete cascade,
  -- the place in wait.resources
  need integer not null,
  resource_id uuid not null references resource on delete cascade,
  quantity integer not null,
  -- the one that was asked for, then its equals, the best first
  rank integer not null,
  -- all that a reservation could occupy there: no buffer is wider than a week
  reach tstzrange not null,
  primary key (wait_id, need, resource_id)
);
create index wait_target_of on wait_target (resource_id);

-- What has become free while somebody waited for it, and was not passed on in that same transaction. Nobody else can take
-- it until it is.
create table wait_due (
  id bigint generated always as identity primary key,
  resource_id uuid not null references resource on delete cascade,
  span tstzrange not null,
  -- whether something has ended; else it has moved away, or rules have changed, and that transaction may go on with it
  ended boolean not null,
  parked_by xid8 not null default pg_current_xact_id()
);
create index wait_due_of on wait_due (resource_id);

-- Keeps what is free for those who wait for it, unless this transaction passes on itself all that it frees of the resource.
-- Called behind the stream's lock, which joining takes before it commits: neither can overlook the other.
create function wait_park(thing uuid, freed tstzmultirange, has_ended boolean) returns void language plpgsql as $$
begin
  if thing = any (coalesce(nullif(current_setting('holdfast.passed', true), ''), '{}')::uuid[]) then
    return;
  end if;
  insert into wait_due (resource_id, span, ended)
  select thing, range_merge(freed), has_ended
  where exists (select from wait_target t where t.resource_id = thing and t.reach && freed);
end $$;

-- Refuses to take what is kept for somebody, or what the clock has freed for them and nobody has expired yet. Only a fresh
-- offer may: it is theirs. What this transaction itself has moved away it may take again.
create function wait_gives_way(claimant uuid, thing uuid, taken tstzmultirange) returns void language plpgsql as $$
begin
  if not exists (
    select from wait_due d where d.resource_id = thing and d.span && taken
      and (d.ended or d.parked_by <> pg_current_xact_id())
  ) and not exists (
    select from claim c
    where c.resource_id = thing and c.reservation_id <> claimant and c.occupies and c.occupied && taken
      and c.occupies_until <= (select updated_at from reservation where id = claimant)
      and exists (select from wait_target t where t.resource_id = thing and t.reach && c.occupied)
  ) then
    return;
  end if;
  if exists (
    select from wait w join reservation v on v.id = w.reservation_id
    where v.id = claimant and v.version = 1 and w.state = 'OFFERED'
  ) then
    return;
  end if;
  raise exception 'somebody waits for what % would take', claimant
    using errcode = 'HF006', constraint = 'wait_gives_way', detail = thing::text;
end $$;

create or replace function claim_placed() returns trigger language plpgsql as $$
declare
  next bigint;
  book bigint;
  divided boolean;
  waited boolean;
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
    or exists (select from resource_part where part_id = new.resource_id),
    exists (select from wait_target where resource_id = new.resource_id)
  into book, divided, waited from rule_book;
  if new.judged_by <> book then
    raise exception 'the rules have moved on since % was judged', new.reservation_id
      using errcode = 'HF004', constraint = 'claim_judged';
  end if;
  if divided or new.kind <> 'OWN' then
    -- what replaces a claim may break others; what is merely new needs them
    perform claim_parts_kept(new.reservation_id, case when new.vacated is null then new.resource_id end);
  end if;
  if waited then
    -- of a pool it may take more of the same span than before
    perform wait_gives_way(new.reservation_id, new.resource_id, case when new.pooled or new.vacated is null
      then tstzmultirange(new.occupied) else tstzmultirange(new.occupied) - tstzmultirange(new.vacated) end);
  end if;
  return null;
end $$;

create or replace function claim_changed() returns trigger language plpgsql as $$
begin
  if old.resource_id = new.resource_id and old.reservation_id = new.reservation_id then
    perform stream_append(new.resource_id, new.reservation_id,
      case when old.occupies then old.occupied end, case when new.occupies then new.occupied end,
      new.quantity, case when new.occupies then new.occupies_until end);
  else
    if old.occupies then
      perform stream_append(old.resource_id, old.reservation_id, old.occupied, null, old.quantity, null);
    end if;
    if new.occupies then
      perform stream_append(new.resource_id, new.reservation_id, null, new.occupied, new.quantity,
        new.occupies_until);
    end if;
  end if;
  if exists (select from wait_target where resource_id in (old.resource_id, new.resource_id)) then
    if old.occupies and (not new.occupies or old.resource_id <> new.resource_id or old.quantity > new.quantity
        or not new.occupied @> old.occupied) then
      perform wait_park(old.resource_id, tstzmultirange(old.occupied), not new.occupies);
    end if;
    if new.occupies and (not old.occupies or old.resource_id <> new.resource_id or old.quantity < new.quantity
        or not old.occupied @> new.occupied) then
      perform wait_gives_way(new.reservation_id, new.resource_id, tstzmultirange(new.occupied));
    end if;
  end if;
  return null;
end $$;

create or replace function claim_removed() returns trigger language plpgsql as $$
declare
  moved claim;
begin
  -- a move removes and places anew; the placed claim then tells both as one change
  select * into moved from claim c where c.reservation_id = old.reservation_id and c.resource_id = old.resource_id
    and c.vacated = old.occupied;
  if moved.reservation_id is null then
    perform stream_append(old.resource_id, old.reservation_id, old.occupied, null, old.quantity, null);
  end if;
  if exists (select from wait_target where resource_id = old.resource_id) then
    -- the stream's lock, which the placed claim would take only after this look
    perform 1 from stream where resource_id = old.resource_id for update;
    perform wait_park(old.resource_id, tstzmultirange(old.occupied) - case
      when moved.reservation_id is null or moved.quantity < old.quantity then '{}'
      else tstzmultirange(moved.occupied) end, false);
  end if;
  return null;
end $$;

create or replace function stream_tell_rules(resource uuid, type uuid, place uuid) returns uuid[] language plpgsql as $$
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
  -- what could not be had before, perhaps can now
  insert into wait_due (resource_id, span, ended)
  select t.resource_id, t.reach, false from wait_target t where t.resource_id = any (concerned);
  return touched;
end $$;

create function wait_resource_changed() returns trigger language plpgsql as $$
begin
  if exists (select from wait_target) then
    perform 1 from stream where resource_id = new.id
      or resource_id in (select whole_id from resource_part where part_id = new.id) order by resource_id for update;
    insert into wait_due (resource_id, span, ended)
    select t.resource_id, t.reach, false from wait_target t where t.resource_id = new.id
      or t.resource_id in (select whole_id from resource_part where part_id = new.id);
  end if;
  return null;
end $$;
-- At commit, like the triggers of claims.
create constraint trigger wait_resource_changed
  after update of capacity, pooled, status, setup_minutes, teardown_minutes, type_id, place_id, time_zone on resource
  deferrable initially deferred for each row execute function wait_resource_changed();

-- A wish follows the hold that was offered for it, whoever confirms, cancels or expires that, on every path.
create function wait_follows() returns trigger language plpgsql as $$
begin
  update wait set state = case new.state when 'EXPIRED' then 'EXPIRED' when 'CANCELLED' then 'WITHDRAWN' else 'FULFILLED' end
  where reservation_id = new.id and state = 'OFFERED';
  return null;
end $$;
create trigger wait_follows after update of state on reservation
  for each row when (old.state = 'HELD' and new.state <> 'HELD') execute function wait_follows();

alter table rule drop constraint rule_kind_check,
  add constraint rule_kind_check check (kind in (
    'OPENING_HOURS', 'BUFFERS', 'NOTICE', 'LENGTH', 'GRID', 'QUOTA', 'ACCESS', 'APPROVAL', 'WAITLIST'));

-- Told by the statement that offers, with the deadline: see notification_kind_of for the others.
insert into notification_kind (kind, number, in_app, by_mail) values ('WAITLIST_OFFERED', 40, true, true);

create or replace function webhook_event(action text, state text) returns text language sql immutable as $$
  select case action
    when 'reservation.create' then case state when 'HELD' then 'reservation.held'
      when 'PENDING_APPROVAL' then 'reservation.requested' else 'reservation.created' end
    when 'reservation.offer' then 'waitlist.offered'
    when 'reservation.confirm' then case state when 'PENDING_APPROVAL' then 'reservation.requested'
      else 'reservation.confirmed' end
    when 'reservation.approve' then case state when 'CONFIRMED' then 'reservation.confirmed'
      else 'reservation.updated' end
    when 'reservation.askBack' then 'reservation.updated'
    when 'reservation.answer' then 'reservation.updated'
    when 'reservation.reject' then 'reservation.rejected'
    when 'reservation.edit' then 'reservation.updated'
    when 'reservation.move' then 'reservation.moved'
    when 'reservation.cancel' then 'reservation.cancelled'
    when 'reservation.cancelByClosure' then 'reservation.cancelled'
    when 'reservation.restore' then 'reservation.restored'
    when 'reservation.undo' then 'reservation.restored'
    when 'reservation.expire' then 'reservation.expired'
    when 'reservation.expireRequest' then 'reservation.expired'
  end
$$;
