-- Participants and company of a reservation: who takes part, what others learn of it, comments, attachments, terms.

-- Visibility -----------------------------------------------------------------------------------

-- PRIVATE: whoever is not concerned learns of it only that something is taken.
alter table reservation add column visibility text not null default 'PUBLIC'
  constraint reservation_visibility_check check (visibility in ('PUBLIC', 'PRIVATE'));
alter table series add column visibility text not null default 'PUBLIC'
  constraint series_visibility_check check (visibility in ('PUBLIC', 'PRIVATE'));

-- Who takes part beside the owner: somebody here, or a guest by an address.
create table participant (
  id uuid primary key,
  reservation_id uuid not null references reservation on delete cascade,
  user_id uuid references app_user on delete cascade,
  email text check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  name text check (name <> ''),
  response text not null default 'NONE' check (response in ('NONE', 'ACCEPTED', 'DECLINED', 'TENTATIVE')),
  responded_at timestamptz(3),
  inviter_id uuid not null references app_user,
  created_at timestamptz(3) not null,
  constraint participant_who check (num_nonnulls(user_id, email) = 1 and (email is null) = (name is null)),
  constraint participant_answer check ((response = 'NONE') = (responded_at is null)),
  constraint participant_user_key unique (reservation_id, user_id),
  constraint participant_guest_key unique (reservation_id, email)
);
create index participant_of_user on participant (user_id) where user_id is not null;

-- Whether somebody is among those who decide about the reservation, at a step that has come, or has spoken about it.
create function asked_to_decide(reservation uuid, who uuid, at timestamptz) returns boolean language plpgsql stable as $$
begin
  return exists (select from approval_word w where w.reservation_id = reservation and w.user_id = who)
    or exists (
      select from approval a join public.reservation v on v.id = a.reservation_id
      cross join generate_series(0, least(a.step, jsonb_array_length(a.steps) - 1)) i
      where a.reservation_id = reservation and (
        exists (select from step_deciders(a.steps -> i, at, array[v.owner_id, v.creator_id]) d where d = who)
        or a.escalate_at <= at and i = a.step and exists (
          select from step_deciders(a.steps -> i -> 'escalation', at, array[v.owner_id, v.creator_id]) d where d = who)));
end $$;

-- As before, and says whether the reservation is private.
create or replace function webhook_enqueue() returns trigger language plpgsql as $$
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
        'reservation', jsonb_build_object('id', v.id, 'title', v.title, 'details', v.details, 'visibility', v.visibility,
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
