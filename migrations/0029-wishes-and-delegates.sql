-- Wishes that come back to the waitlist and wishes that nobody else may see; people who act in somebody's name.

alter table wait
  add column visibility text not null default 'PUBLIC'
    constraint wait_visibility_check check (visibility in ('PUBLIC', 'PRIVATE')),
  -- what would have done when it was offered, as in wait_target: for the case that it waits again. Null: what was asked for.
  add column targets jsonb;

-- What would have done for a wish that is on offer.
create function wait_targets(w wait) returns table (need integer, resource_id uuid, quantity integer, rank integer)
language sql stable as $$
  select t.need, t."resourceId", t.quantity, t.rank
  from jsonb_to_recordset(coalesce(w.targets, (
    select jsonb_agg(each || jsonb_build_object('need', place - 1, 'rank', 0))
    from jsonb_array_elements(w.resources) with ordinality as asked (each, place)
  ))) as t (need integer, "resourceId" uuid, quantity integer, rank integer)
$$;

-- A wish follows the hold that was offered for it, whoever confirms, cancels or expires that, on every path. What a closure
-- cancels nobody has declined: it waits again in its old place, and what is free is kept for it as for who joins.
create or replace function wait_follows() returns trigger language plpgsql as $$
begin
  if new.state = 'CANCELLED' and new.closing_id is not null and old.closing_id is null then
    with back as (
      update wait set state = 'WAITING', offered_at = null, reservation_id = null
      where reservation_id = new.id and state = 'OFFERED' and last_start > new.updated_at returning *
    ), placed as (
      insert into wait_target (wait_id, need, resource_id, quantity, rank, reach)
      select w.id, t.need, r.id, t.quantity, t.rank,
        tstzrange(w.first_start - interval '7 days', w.last_end + interval '7 days')
      from back w, wait_targets(w) t join resource r on r.id = t.resource_id
      returning resource_id, reach
    )
    insert into wait_due (resource_id, span, ended) select distinct resource_id, reach, false from placed;
  end if;
  update wait set state = case new.state when 'EXPIRED' then 'EXPIRED' when 'CANCELLED'
    then case when new.closing_id is null then 'WITHDRAWN' else 'EXPIRED' end else 'FULFILLED' end
  where reservation_id = new.id and state = 'OFFERED';
  return null;
end $$;

-- Delegates ------------------------------------------------------------------------------------

-- Who acts in whose name. It is never removed while both are there: who was a delegate has no right of their own in
-- what they have made as one.
create table delegate (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  delegate_id uuid not null references app_user on delete cascade,
  added_at timestamptz(3) not null,
  -- exclusive; null: until it is ended
  until_at timestamptz(3),
  ended boolean not null default false,
  unique (user_id, delegate_id),
  check (user_id <> delegate_id)
);
create index delegate_for on delegate (delegate_id);

-- It ends with either account, and no guest acts for others, on whatever path that comes about.
create function delegate_follows() returns trigger language plpgsql as $$
begin
  update delegate set ended = true where not ended
    and (delegate_id = new.id or user_id = new.id and not new.active);
  return null;
end $$;
create trigger delegate_follows after update of active, role on app_user
  for each row when (old.active and not new.active or old.role <> 'GUEST' and new.role = 'GUEST')
  execute function delegate_follows();

-- By whom it was put on the waitlist; null: by themselves.
alter table wait add column creator_id uuid references app_user;

insert into notification_kind (kind, number, in_app, by_mail, always) values ('DELEGATE_ADDED', 70, true, true, true);

-- As in 0016, but for former delegates.
create or replace function people_told(
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
    -- unless they did so as a delegate, and are none any more
    and (people is not null or u.id = v.owner_id or not exists (
      select from delegate d where d.user_id = v.owner_id and d.delegate_id = u.id
        and (d.ended or d.until_at <= v.updated_at)))
    and (action <> 'reservation.edit' or before ->> 'title' <> v.title or before ->> 'details' <> v.details)
$$;
