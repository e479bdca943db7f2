-- Mail: what people are told of their reservations, in the app and by e-mail, each as they choose.

-- The smallest id (RFC 9562 version 7) that begins with this instant.
create function uuid_from(instant timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from instant) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

alter table app_user add column language text not null default 'EN' check (language in ('EN', 'DE', 'FR', 'ES'));

-- What can be told, and how it is told to whoever has chosen nothing. What people do themselves is not told in the
-- app, where they have just done it.
create table notification_kind (
  kind text primary key,
  number integer not null unique,
  in_app boolean not null,
  by_mail boolean not null
);
insert into notification_kind (kind, number, in_app, by_mail) values
  ('RESERVED', 1, false, true),
  ('OWN_CHANGE', 2, false, false),
  ('RESERVED_FOR_YOU', 3, true, true),
  ('CHANGED', 4, true, true),
  ('MOVED', 5, true, true),
  ('CANCELLED', 6, true, true),
  ('CANCELLED_BY_CLOSURE', 7, true, true),
  ('RESTORED_AFTER_CLOSURE', 8, true, true),
  ('HOLD_EXPIRED', 9, true, true),
  ('REMINDER', 10, true, false),
  ('RESTORED', 19, true, true),
  ('APPROVED', 11, true, true),
  ('REJECTED', 12, true, true),
  ('APPROVAL_EXPIRED', 13, true, true),
  ('APPROVAL_ASKED_BACK', 14, true, true),
  ('APPROVAL_ASKED', 15, true, true),
  ('APPROVAL_REMINDED', 16, true, true),
  ('APPROVAL_ESCALATED', 17, true, true),
  ('APPROVAL_ANSWERED', 18, true, true);

create table notification_preference (
  user_id uuid not null references app_user on delete cascade,
  kind text not null references notification_kind,
  in_app boolean not null,
  by_mail boolean not null,
  primary key (user_id, kind)
);

-- From now on facts are kept, and told in the language that the person has when they are read; what was told before
-- keeps its words.
alter table notification
  drop constraint notification_kind_check,
  add constraint notification_kind_known foreign key (kind) references notification_kind,
  alter column message drop not null,
  add column event jsonb,
  add constraint notification_told check (num_nonnulls(message, event) = 1);

-- When a sweeper that sends mails was last there. As long as none has been for a week, none are written.
create table mail_relay (
  one boolean primary key default true check (one),
  seen_at timestamptz(3) not null
);

-- One event for one person. While next_at is set it is to be sent; a sweeper that sends it holds the lease, and moves
-- next_at to where its lease ends. Without next_at and sent_at it was given up.
create table mail (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  kind text not null,
  -- { actor, closure, count, isOwn, previous, reservations } with bare ids, as in notification; null until it is
  -- first claimed where it tells of the audit's entry: see mail_event
  event jsonb,
  audit_id uuid,
  created_at timestamptz(3) not null,
  -- finished ones since it was written or resent
  attempts integer not null default 0,
  next_at timestamptz(3),
  lease uuid,
  sent_at timestamptz(3),
  last_at timestamptz(3),
  last_error text,
  constraint mail_told check (num_nonnulls(event, audit_id) > 0),
  constraint mail_lease check (lease is null or next_at is not null),
  constraint mail_sent check (sent_at is null or next_at is null)
);
create index mail_due on mail (next_at) where next_at is not null;
create index mail_failed on mail (id) where next_at is null and sent_at is null;

-- Which starts people were reminded of.
create table reminder (
  reservation_id uuid not null references reservation on delete cascade,
  starts_at timestamptz(3) not null,
  primary key (reservation_id, starts_at)
);

-- What an entry of the audit is to somebody whose reservation it is; null is not told.
create function notification_kind_of(action text, state text, own boolean) returns text language sql immutable as $$
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
    when action not in ('reservation.edit', 'reservation.move', 'reservation.cancel', 'reservation.undo') then null
    when own then 'OWN_CHANGE'
    when action = 'reservation.edit' then 'CHANGED'
    when action = 'reservation.move' then 'MOVED'
    when action = 'reservation.undo' then 'RESTORED'
    else 'CANCELLED'
  end
$$;

-- Whom one entry of the audit concerns, how they want to be told, and of what: owner and creator, or else the given
-- people, of what is given. Inlined where it is called.
create function people_told(
  action text, actor_id uuid, subject_id uuid, before jsonb, after jsonb, mails boolean, people uuid[] default null,
  what text default null
) returns table (
  user_id uuid, kind text, in_app boolean, by_mail boolean, is_own boolean, id uuid, series_id uuid, starts_at timestamptz,
  actor text, closure text, previous jsonb, words text, reservation jsonb
) language sql stable as $$
  select u.id, k.kind, u.active and k.in_app and coalesce(f.in_app, true),
    u.active and mails and coalesce(f.by_mail, k.by_mail),
    u.id = v.owner_id, v.id, v.series_id, v.starts_at,
    -- guests see no other people
    case when u.role <> 'GUEST' or actor_id = u.id then (select name from app_user where id = actor_id) end,
    case when action in ('reservation.cancelByClosure', 'reservation.restore') then coalesce(
      before ->> 'closureTitle', (select title from closure where id = (after ->> 'closureId')::uuid)) end,
    case when action = 'reservation.move' then jsonb_build_object(
      'startsAt', before -> 'startsAt', 'endsAt', before -> 'endsAt',
      'resources', (select coalesce(jsonb_agg(r.name order by r.id), '[]')
        from jsonb_array_elements(before -> 'claims') c join resource r on r.id = (c ->> 'resourceId')::uuid)) end,
    case when action in ('reservation.approve', 'reservation.reject', 'reservation.askBack', 'answer')
      then nullif(after ->> 'words', '') end,
    jsonb_build_object('id', v.id, 'title', v.title, 'details', v.details,
      'state', coalesce(after ->> 'state', v.state), 'startsAt', v.starts_at, 'endsAt', v.ends_at,
      'version', coalesce((after ->> 'version')::integer, v.version), 'createdAt', v.created_at,
      'resources', coalesce(x.resources, '[]'),
      'timeZone', coalesce(x.time_zone, v.time_zone, 'UTC'))
  from reservation v
  join app_user u on u.id = any (coalesce(people, array[v.owner_id, v.creator_id]))
  join notification_kind k on k.kind = coalesce(what, notification_kind_of(
    action, coalesce(after ->> 'state', v.state), actor_id is not distinct from u.id))
  left join notification_preference f on f.user_id = u.id and f.kind = k.kind
  cross join lateral (
    select jsonb_agg(jsonb_build_object('name', r.name, 'place', p.name, 'quantity', c.quantity)
      order by c.resource_id) as resources, (array_agg(r.time_zone order by c.resource_id))[1] as time_zone
    from claim c join resource r on r.id = c.resource_id join place p on p.id = r.place_id
    where c.reservation_id = v.id and c.kind = 'OWN') x
  where v.id = subject_id
    -- whoever has reserved for somebody else is told of what others do with it
    and (u.id = v.owner_id or k.kind not in ('RESERVED', 'RESERVED_FOR_YOU', 'OWN_CHANGE', 'REMINDER'))
    and (action <> 'reservation.edit' or before ->> 'title' <> v.title or before ->> 'details' <> v.details)
$$;

-- What a mail tells. New reservations are most of all changes, and made while somebody waits: their mails are written
-- without the facts, which the first sweeper that claims them adds.
create function mail_event(m mail) returns jsonb language plpgsql stable as $$
begin
  return coalesce(m.event, (
    select jsonb_build_object('actor', t.actor, 'closure', t.closure, 'count', 1, 'isOwn', t.is_own,
      'previous', t.previous, 'words', t.words, 'reservations', jsonb_build_array(t.reservation))
    from audit a, people_told(a.action, a.actor_id, a.subject_id, a.before, a.after, true) t
    where a.id = m.audit_id and t.user_id = m.user_id));
end $$;

-- Every change of a reservation writes audit in its transaction, on every path; so owner and creator are told in that
-- transaction, and nobody is where it is taken back. The occurrences of a series that one statement changes are told
-- as one, the first hundred of them by name; to look for them would double the cost of a single one, which is most.
create function notify_people() returns trigger language plpgsql as $$
declare
  mails boolean := exists (
    select from mail_relay where seen_at > (select max(at) from written) - interval '7 days');
begin
  -- Of what somebody imports for themselves they have a calendar.
  if current_setting('holdfast.imports', true) = 'on' then
    return null;
  end if;
  -- Most changes are somebody's own, and without a mail server those are told to nobody.
  if not mails and not exists (
    select from written a join reservation v on v.id = a.subject_id
    where a.actor_id is distinct from v.owner_id or v.creator_id <> v.owner_id
      or a.action in ('reservation.cancelByClosure', 'reservation.restore')) then
    return null;
  end if;
  if (select count(*) from written) = 1 then
    if exists (
      select from written a join reservation v on v.id = a.subject_id
      where a.action in ('reservation.create', 'reservation.confirm')
        and a.actor_id = v.owner_id and v.creator_id = v.owner_id) then
      insert into mail (id, user_id, kind, audit_id, created_at, next_at)
      select uuid_at(a.at), u.id, k.kind, a.id, a.at, a.at
      from written a
      join reservation v on v.id = a.subject_id and v.state = 'CONFIRMED'
      join app_user u on u.id = v.owner_id and u.active
      join notification_kind k on k.kind = 'RESERVED'
      left join notification_preference f on f.user_id = u.id and f.kind = k.kind
      where coalesce(f.by_mail, k.by_mail);
      return null;
    end if;
    with event as (
      select a.at, t.user_id, t.kind, t.in_app, t.by_mail, t.id as first, jsonb_build_object('actor', t.actor,
        'closure', t.closure, 'count', 1, 'isOwn', t.is_own, 'previous', t.previous, 'words', t.words,
        'reservations', jsonb_build_array(t.reservation)) as event
      from written a, people_told(a.action, a.actor_id, a.subject_id, a.before, a.after, mails) t
      where t.in_app or t.by_mail
    ), noticed as (
      insert into notification (id, user_id, kind, reservation_id, event, created_at)
      select uuid_at(at), user_id, kind, first, event, at from event where in_app
    )
    insert into mail (id, user_id, kind, event, created_at, next_at)
    select uuid_at(at), user_id, kind, event, at, at from event where by_mail;
    return null;
  end if;
  with told as (
    select a.at, t.*, coalesce(t.series_id, t.id) as subject, row_number() over (
      partition by t.user_id, t.kind, coalesce(t.series_id, t.id) order by t.starts_at, t.id) as number
    from written a, people_told(a.action, a.actor_id, a.subject_id, a.before, a.after, mails) t
    where t.in_app or t.by_mail
  ), event as (
    select min(at) as at, user_id, kind, in_app, by_mail, (array_agg(id order by number))[1] as first,
      jsonb_build_object('actor', max(actor), 'closure', max(closure), 'count', count(*), 'isOwn', bool_and(is_own),
        'previous', case when count(*) = 1 then (array_agg(previous))[1] end, 'words', max(words),
        'reservations', jsonb_agg(reservation order by number) filter (where number <= 100)) as event
    from told group by user_id, kind, in_app, by_mail, subject
  ), noticed as (
    insert into notification (id, user_id, kind, reservation_id, event, created_at)
    select uuid_at(at), user_id, kind, first, event, at from event where in_app
  )
  insert into mail (id, user_id, kind, event, created_at, next_at)
  select uuid_at(at), user_id, kind, event, at, at from event where by_mail;
  return null;
end $$;
create trigger notify_people after insert on audit referencing new table as written
  for each statement execute function notify_people();
