-- Reservations that somebody must approve: they occupy while they wait, and die at their deadline like a hold.

-- The one fact of occupying knows the new states. A generated column cannot be changed before PostgreSQL 17.
alter table claim drop constraint claim_reservation;
alter table reservation
  drop constraint reservation_occupies_key,
  drop constraint reservation_hold,
  drop constraint reservation_state_check,
  drop column occupies_until;
alter table reservation
  add column occupies_until timestamptz(3) not null generated always as (
    case when state = 'CONFIRMED' then 'infinity'::timestamptz(3)
         when state in ('HELD', 'PENDING_APPROVAL') then expires_at
         else '-infinity'::timestamptz(3) end) stored,
  add constraint reservation_state_check
    check (state in ('HELD', 'PENDING_APPROVAL', 'CONFIRMED', 'REJECTED', 'CANCELLED', 'EXPIRED')),
  add constraint reservation_hold
    check (state not in ('HELD', 'PENDING_APPROVAL') or (expires_at is not null and isfinite(expires_at))),
  add constraint reservation_occupies_key unique (id, occupies_until);
alter table claim add constraint claim_reservation foreign key (reservation_id, occupies_until)
  references reservation (id, occupies_until) on update cascade on delete cascade;
drop index reservation_expiry;
create index reservation_expiry on reservation (expires_at) where state in ('HELD', 'PENDING_APPROVAL');

alter table rule drop constraint rule_kind_check, drop constraint rule_check,
  add constraint rule_kind_check check (kind in (
    'OPENING_HOURS', 'BUFFERS', 'NOTICE', 'LENGTH', 'GRID', 'QUOTA', 'ACCESS', 'APPROVAL')),
  add constraint rule_check check ((kind in ('QUOTA', 'APPROVAL')) = (name <> ''));

-- What was asked when the reservation was made, by the rules of that moment.
create table approval (
  reservation_id uuid primary key references reservation on delete cascade,
  -- in order, one of each decides: [{ rule, userIds, groupIds, resourceIds, escalateMs, escalation }]; of resources their
  -- managers; so long after the asking those of the escalation, named alike, decide as well
  steps jsonb not null check (jsonb_typeof(steps) = 'array' and jsonb_array_length(steps) > 0),
  -- how many have approved
  step integer not null default 0 check (step between 0 and jsonb_array_length(steps)),
  -- who asks wants an answer before anybody decides
  asked_back boolean not null default false,
  remind_at timestamptz(3),
  asked_at timestamptz(3) not null,
  -- of the present step, by asked_at and its own escalateMs; announced by the sweeper
  escalate_at timestamptz(3),
  escalated boolean not null default false
);
create index approval_remind on approval (remind_at) where remind_at is not null;
create index approval_escalate on approval (escalate_at) where not escalated and escalate_at is not null;

create table approval_word (
  id uuid primary key,
  reservation_id uuid not null references approval on delete cascade,
  step integer not null,
  user_id uuid not null references app_user,
  -- whose deputy spoke; null: for themselves
  for_id uuid references app_user,
  kind text not null check (kind in ('APPROVED', 'REJECTED', 'ASKED_BACK', 'ANSWERED')),
  words text not null default '',
  at timestamptz(3) not null
);
create index approval_word_of on approval_word (reservation_id, id);

-- Who decides for somebody in between.
create table deputy (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  deputy_id uuid not null references app_user on delete cascade,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) check (until_at > from_at),
  check (user_id <> deputy_id)
);
create index deputy_of on deputy (user_id);
create index deputy_for on deputy (deputy_id);

-- Everybody whom a step names, people, members of groups, managers of resources, as far as they are active and not
-- among the besides.
create function step_all(step jsonb, besides uuid[]) returns setof uuid language sql stable as $$
  select u.id from (
    select u::uuid as id from jsonb_array_elements_text(step -> 'userIds') u
    union select m.user_id from jsonb_array_elements_text(step -> 'groupIds') g
      join group_member m on m.group_id = g::uuid
    union select m.user_id from jsonb_array_elements_text(step -> 'resourceIds') r
      join resource_manager m on m.resource_id = r::uuid) named
  join app_user u on u.id = named.id and u.active where u.id <> all (besides)
$$;

create or replace function webhook_event(action text, state text) returns text language sql immutable as $$
  select case action
    when 'reservation.create' then case state when 'HELD' then 'reservation.held'
      when 'PENDING_APPROVAL' then 'reservation.requested' else 'reservation.created' end
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

-- Those of a step and their deputies. Whoever is among the besides has no say, and no deputy for it either.
create function step_deciders(step jsonb, at timestamptz, besides uuid[]) returns setof uuid language sql stable as $$
  with named as (select p as id from step_all(step, besides) p),
  all_of_them as (
    select id from named
    union select d.deputy_id from named join deputy d on d.user_id = named.id
      and d.from_at <= at and (d.until_at is null or d.until_at > at))
  select u.id from all_of_them a join app_user u on u.id = a.id and u.active where u.id <> all (besides)
$$;

-- Who is told that a step waits: its deciders, or the administrators where it has none.
create function step_told(step jsonb, at timestamptz, besides uuid[]) returns setof uuid language sql stable as $$
  with deciders as (select d as id from step_deciders(step, at, besides) d)
  select id from deciders
  union all select u.id from app_user u
    where u.role = 'ADMINISTRATOR' and u.active and u.id <> all (besides) and not exists (select from deciders)
$$;
