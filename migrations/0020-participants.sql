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

-- Invitations ----------------------------------------------------------------------------------

-- What a link in a mail to a guest is known by: SHA-256 of its token. Each mail has a link of its own.
create table invitation_link (
  token_hash bytea primary key check (octet_length(token_hash) = 32),
  participant_id uuid not null references participant on delete cascade,
  created_at timestamptz(3) not null
);
create index invitation_link_of on invitation_link (participant_id);

insert into notification_kind (kind, number, in_app, by_mail) values
  ('INVITED', 50, true, true),
  ('UNINVITED', 51, true, true),
  ('INVITATION_ANSWERED', 52, true, true);

-- Guests are nobody's user: a mail to one carries address, name and language of its own.
alter table mail
  alter column user_id drop not null,
  add column email text,
  add column name text,
  add column language text check (language in ('EN', 'DE', 'FR', 'ES')),
  -- whose answer it asks for
  add column participant_id uuid references participant on delete set null,
  add constraint mail_recipient check (
    num_nonnulls(user_id, email) = 1 and num_nonnulls(email, name, language) in (0, 3));
create index mail_of_participant on mail (participant_id) where participant_id is not null;

-- What an entry of the audit is to these participants, and how each is told; guests by mail alone, without the details.
create function company_told(entry audit, who uuid[], what text, mails boolean) returns table (
  participant_id uuid, user_id uuid, email text, name text, language text, kind text, in_app boolean, by_mail boolean,
  id uuid, series_id uuid, starts_at timestamptz, actor text, closure text, previous jsonb, company jsonb,
  reservation jsonb
) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  select p.id, p.user_id, p.email, p.name, case when p.email is not null then i.language end, t.kind,
    p.user_id is not null and t.in_app, case when p.email is null then t.by_mail else mails end,
    t.id, t.series_id, t.starts_at, t.actor, t.closure, t.previous,
    jsonb_build_object('response', p.response, 'organizer', jsonb_build_object('name', o.name, 'address', o.email)),
    case when p.email is null then t.reservation else t.reservation || '{"details": ""}' end
  from participant p
  join reservation v on v.id = p.reservation_id
  join app_user o on o.id = v.owner_id
  join app_user i on i.id = p.inviter_id
  cross join lateral people_told(entry.action, entry.actor_id, v.id, entry.before, entry.after, mails,
    array[coalesce(p.user_id, v.owner_id)], what) t
  where p.reservation_id = entry.subject_id and p.id = any (who)
    and (p.user_id is null or p.user_id is distinct from entry.actor_id or what = 'UNINVITED');
end $$;

-- Tells them: the occurrences of a series as one, the first hundred of them by name, as notify_people does.
create function tell_company(entries uuid[], who uuid[], what text, mails boolean) returns void language plpgsql as $$
begin
  with told as (
    select a.at, t.* from audit a cross join lateral company_told(a, who, what, mails) t
    where a.id = any (entries) and (t.in_app or t.by_mail)
  ), numbered as (
    select *, coalesce(series_id, id) as subject, row_number() over (
      partition by user_id, email, coalesce(series_id, id) order by starts_at, id) as number
    from told
  ), event as (
    select min(at) as at, user_id, email, name, language, (array_agg(participant_id order by number))[1] as participant_id,
      kind, in_app, by_mail, (array_agg(id order by number))[1] as first,
      jsonb_build_object('actor', max(actor), 'closure', max(closure), 'count', count(*), 'isOwn', false,
        'previous', case when count(*) = 1 then (array_agg(previous))[1] end, 'words', null,
        'company', (array_agg(company order by number))[1],
        'reservations', jsonb_agg(reservation order by number) filter (where number <= 100)) as event
    from numbered group by user_id, email, name, language, kind, in_app, by_mail, subject
  ), noticed as (
    insert into notification (id, user_id, kind, reservation_id, event, created_at)
    select uuid_at(at), user_id, kind, first, event, at from event where in_app
  )
  insert into mail (id, user_id, email, name, language, participant_id, kind, event, created_at, next_at)
  select uuid_at(at), user_id, email, name, language, participant_id, kind, event, at, at from event where by_mail;
end $$;

-- What a change of a reservation is to who takes part; null is not told. Nobody is told of what is not certain yet.
create function company_kind_of(action text, former text, state text) returns text language sql immutable as $$
  select case
    when former = 'CONFIRMED' and action = 'reservation.cancel' then 'CANCELLED'
    when former = 'CONFIRMED' and action = 'reservation.cancelByClosure' then 'CANCELLED_BY_CLOSURE'
    when former = 'CONFIRMED' and action = 'reservation.cancelByStrikes' then 'SERIES_ENDED'
    when action = 'reservation.noShow' then 'NO_SHOW'
    when state not in ('CONFIRMED', 'CHECKED_IN') then null
    when action in ('reservation.confirm', 'reservation.approve') then 'INVITED'
    when action = 'reservation.move' then 'MOVED'
    when action = 'reservation.edit' then 'CHANGED'
    when action = 'reservation.undo' then 'RESTORED'
    when action = 'reservation.restore' then 'RESTORED_AFTER_CLOSURE'
  end
$$;

-- Who takes part is told in the transaction of the change, as owner and creator are by notify_people. An answer was
-- given for a time: where that is another, it is asked for anew, until somebody has checked in. Who has declined is told of nothing else.
create function notify_company() returns trigger language plpgsql as $$
declare
  mails boolean;
  what text;
begin
  -- Most changes are new reservations, in which nobody takes part yet.
  if not exists (
    select from written a where a.action <> 'reservation.create'
      and exists (select from participant p where p.reservation_id = a.subject_id)) then
    return null;
  end if;
  update participant p set response = 'NONE', responded_at = null
  from written a join reservation v on v.id = a.subject_id
  where p.reservation_id = v.id and a.action = 'reservation.move' and p.response <> 'NONE'
    and v.state <> 'CHECKED_IN'
    and ((a.before ->> 'startsAt')::timestamptz, (a.before ->> 'endsAt')::timestamptz)
      is distinct from (v.starts_at, v.ends_at);
  mails := exists (select from mail_relay where seen_at > (select max(at) from written) - interval '7 days');
  for what in
    select distinct company_kind_of(a.action, a.before ->> 'state', coalesce(a.after ->> 'state', v.state))
    from written a join reservation v on v.id = a.subject_id
  loop
    if what is not null then
      perform tell_company(
        array(select a.id from written a join reservation v on v.id = a.subject_id
          where company_kind_of(a.action, a.before ->> 'state', coalesce(a.after ->> 'state', v.state)) = what),
        array(select p.id from participant p join written a on a.subject_id = p.reservation_id
          where p.response <> 'DECLINED'),
        what, mails);
    end if;
  end loop;
  return null;
end $$;
create trigger notify_company after insert on audit referencing new table as written
  for each statement execute function notify_company();

-- Attachments ----------------------------------------------------------------------------------

-- A file of a reservation. It is announced first and uploaded then; without its file it is shown to nobody.
create table attachment (
  id uuid primary key,
  reservation_id uuid not null references reservation on delete cascade,
  uploader_id uuid not null references app_user,
  name text not null check (name <> ''),
  type text not null check (type <> ''),
  size integer not null check (size > 0),
  -- where the file store has it, and what is in it
  file_key uuid,
  sha256 bytea check (octet_length(sha256) = 32),
  -- as long as it is not there: SHA-256 of the token by which it is uploaded, and until when
  upload_hash bytea check (octet_length(upload_hash) = 32),
  upload_until timestamptz(3),
  created_at timestamptz(3) not null,
  constraint attachment_upload_key unique (upload_hash),
  constraint attachment_state check (
    num_nonnulls(file_key, sha256) in (0, 2) and num_nonnulls(upload_hash, upload_until) in (0, 2)
    and (file_key is null) = (upload_hash is not null))
);
create index attachment_of on attachment (reservation_id, id);
create index attachment_by on attachment (uploader_id);
create index attachment_waiting on attachment (upload_until) where file_key is null;

-- Files that nothing names, or that may come to that: written before a file is, and taken out in the transaction that
-- names it. So whatever happens in between, each file in the store is known here or by its attachment.
create table stray_file (
  key uuid primary key,
  due_at timestamptz not null
);
create index stray_file_due on stray_file (due_at);

create function attachment_gone() returns trigger language plpgsql as $$
begin
  insert into stray_file (key, due_at) values (old.file_key, '-infinity') on conflict (key) do nothing;
  return null;
end $$;
create trigger attachment_gone after delete on attachment
  for each row when (old.file_key is not null) execute function attachment_gone();

-- Comments -------------------------------------------------------------------------------------

insert into notification_kind (kind, number, in_app, by_mail) values ('COMMENTED', 53, true, false);

create table reservation_comment (
  id uuid primary key,
  reservation_id uuid not null references reservation on delete cascade,
  author_id uuid not null references app_user,
  words text not null check (words <> ''),
  created_at timestamptz(3) not null,
  edited_at timestamptz(3)
);
create index reservation_comment_of on reservation_comment (reservation_id, id);

-- Terms ----------------------------------------------------------------------------------------

alter table rule drop constraint rule_kind_check, drop constraint rule_check,
  add constraint rule_kind_check check (kind in (
    'OPENING_HOURS', 'BUFFERS', 'NOTICE', 'LENGTH', 'GRID', 'QUOTA', 'ACCESS', 'APPROVAL', 'WAITLIST',
    'CHECK_IN', 'TERMS')),
  add constraint rule_check check ((kind in ('QUOTA', 'APPROVAL', 'TERMS')) = (name <> ''));

-- Who has accepted which version of which terms, and when; outlives the rule.
create table terms_acceptance (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  rule_id uuid not null,
  version text not null,
  -- of terms that are accepted each time: for which reservation
  reservation_id uuid references reservation on delete cascade,
  accepted_at timestamptz(3) not null
);
create unique index terms_acceptance_once on terms_acceptance (user_id, rule_id, version) where reservation_id is null;
create index terms_acceptance_for on terms_acceptance (reservation_id) where reservation_id is not null;
