-- Presence: who does not check in loses what was reserved at an instant that is frozen on the row.

alter table rule drop constraint rule_kind_check,
  add constraint rule_kind_check check (kind in (
    'OPENING_HOURS', 'BUFFERS', 'NOTICE', 'LENGTH', 'GRID', 'QUOTA', 'ACCESS', 'APPROVAL', 'CHECK_IN'));

-- When what is confirmed at `since` is released unless somebody checks in: so long after its start, or after that
-- instant where it has begun already, but at its end at the latest. Null: never.
create function release_of(starts timestamptz, ends timestamptz, since timestamptz, terms jsonb)
returns timestamptz language sql stable as $$
  select case when terms is not null
    then least(ends, greatest(starts, since) + (terms ->> 'graceMinutes')::integer * interval '1 minute') end
$$;

-- The one fact of occupying knows presence: confirmed until the release, checked in for good; of what was checked out
-- claims keep the time until then, and nothing where that was before its start.
alter table claim drop constraint claim_reservation;
alter table reservation
  drop constraint reservation_occupies_key,
  drop constraint reservation_state_check,
  drop column occupies_until;
alter table reservation
  -- what was asked of whoever has it when it was made or moved; null: nothing. { opensMinutes, graceMinutes, strikes,
  -- checkOut, extension, anonymous }
  add column check_in jsonb check (jsonb_typeof(check_in) = 'object'),
  add column release_at timestamptz(3),
  add column checked_in_at timestamptz(3),
  -- null: somebody at the door
  add column checked_in_by uuid references app_user,
  add column checked_out_at timestamptz(3);
alter table reservation
  add column occupies_until timestamptz(3) not null generated always as (
    case when state = 'CONFIRMED' then coalesce(release_at, 'infinity'::timestamptz(3))
         when state = 'CHECKED_IN' then 'infinity'::timestamptz(3)
         when state = 'COMPLETED' and checked_out_at > starts_at then 'infinity'::timestamptz(3)
         when state in ('HELD', 'PENDING_APPROVAL') then expires_at
         else '-infinity'::timestamptz(3) end) stored,
  add constraint reservation_state_check check (state in ('HELD', 'PENDING_APPROVAL', 'CONFIRMED', 'CHECKED_IN',
    'COMPLETED', 'NO_SHOW', 'REJECTED', 'CANCELLED', 'EXPIRED')),
  add constraint reservation_release check (state <> 'CONFIRMED' or check_in is null or release_at is not null),
  add constraint reservation_checked_in check (state not in ('CHECKED_IN', 'COMPLETED') or checked_in_at is not null),
  add constraint reservation_checked_out check (state <> 'COMPLETED' or checked_out_at is not null),
  add constraint reservation_occupies_key unique (id, occupies_until);
alter table claim add constraint claim_reservation foreign key (reservation_id, occupies_until)
  references reservation (id, occupies_until) on update cascade on delete cascade;
create index reservation_release_at on reservation (release_at) where state = 'CONFIRMED' and release_at is not null;
create index reservation_to_attend on reservation (starts_at, id) where check_in is not null;

-- On every path that confirms or moves: approval, undo, an older program beside this one, psql. A change says when it
-- is by updated_at.
create function reservation_awaits() returns trigger language plpgsql as $$
begin
  new.release_at := release_of(new.starts_at, new.ends_at, new.updated_at, new.check_in);
  return new;
end $$;
create trigger reservation_awaits before update on reservation for each row
  when (new.state = 'CONFIRMED' and num_nonnulls(new.check_in, new.release_at) > 0
    and (old.state, old.starts_at, old.ends_at, old.check_in)
      is distinct from (new.state, new.starts_at, new.ends_at, new.check_in))
  execute function reservation_awaits();

-- A change that takes until an instant takes for a hold, or for what somebody must check in to: that is taken.
alter table outbox add column awaited boolean not null default false;
create function outbox_awaited() returns trigger language plpgsql as $$
begin
  new.awaited := exists (select from reservation where id = new.reservation_id and state = 'CONFIRMED');
  return new;
end $$;
create trigger outbox_awaited before insert on outbox for each row
  when (new.taken_until < 'infinity') execute function outbox_awaited();

-- Series of which an occurrence was not attended, to be looked at by a sweeper.
create table series_strike (
  series_id uuid primary key references series on delete cascade
);

-- How often the link at the door of a resource was changed; a resource without a row: never.
create table resource_link (
  resource_id uuid primary key references resource on delete cascade,
  turn integer not null
);

insert into notification_kind (kind, number, in_app, by_mail) values
  ('NO_SHOW', 30, true, true),
  ('SERIES_ENDED', 31, true, true);

create or replace function notification_kind_of(action text, state text, own boolean) returns text language sql immutable as $$
  select case
    when action in ('reservation.create', 'reservation.confirm') then
      case when state <> 'CONFIRMED' then null when own then 'RESERVED' else 'RESERVED_FOR_YOU' end
    when action = 'reservation.cancelByClosure' then 'CANCELLED_BY_CLOSURE'
    when action = 'reservation.restore' then 'RESTORED_AFTER_CLOSURE'
    when action = 'reservation.expire' then 'HOLD_EXPIRED'
    when action = 'reservation.expireRequest' then 'APPROVAL_EXPIRED'
    when action = 'reservation.approve' then case state when 'CONFIRMED' then 'APPROVED' end
    when action = 'reservation.reject' then 'REJECTED'
    when action = 'reservation.askBack' then 'APPROVAL_ASKED_BACK'
    when action = 'remind' then 'REMINDER'
    when action = 'reservation.noShow' then 'NO_SHOW'
    when action = 'reservation.cancelByStrikes' then 'SERIES_ENDED'
    when action not in ('reservation.edit', 'reservation.move', 'reservation.checkOut', 'reservation.cancel',
      'reservation.undo') then null
    when own then 'OWN_CHANGE'
    when action = 'reservation.edit' then 'CHANGED'
    when action in ('reservation.move', 'reservation.checkOut') then 'MOVED'
    when action = 'reservation.undo' then 'RESTORED'
    else 'CANCELLED'
  end
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
    when 'reservation.cancelByStrikes' then 'reservation.cancelled'
    when 'reservation.checkIn' then 'reservation.checked_in'
    when 'reservation.checkOut' then 'reservation.checked_out'
    when 'reservation.noShow' then 'reservation.no_show'
    when 'reservation.expire' then 'reservation.expired'
    when 'reservation.expireRequest' then 'reservation.expired'
  end
$$;
