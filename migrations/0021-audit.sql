-- Audit: who, from where, sealed in a chain; and what becomes of people who have left.

alter table audit
  -- where the act came from: address, program, session
  add column source jsonb,
  -- the transaction that has written the entry; 0 for those that were there before
  add column xid xid8 not null default '0';
alter table audit alter column xid set default pg_current_xact_id();

create index audit_order on audit (xid, id);
create index audit_at on audit (at, id);
create index audit_actor on audit (actor_id, at, id);
-- What is rare is found by its name; new reservations, which are most of it, by their time.
create index audit_action on audit (action collate "C", at, id) where action <> 'reservation.create';

-- The chain: one link for each entry, made after its commit by whoever sweeps. A link for an entry that has one already
-- says that it was erased in parts since.
create table audit_link (
  number bigint primary key,
  audit_id uuid not null,
  -- What the digest begins with, so that nobody finds out by trying what an erased entry has said: it goes with the erasure.
  salt bytea,
  digest bytea not null check (octet_length(digest) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  redacts boolean not null default false
);
create unique index audit_link_once on audit_link (audit_id) where not redacts;
create index audit_link_again on audit_link (audit_id, number) where redacts;

create table audit_chain (
  one boolean primary key default true check (one),
  -- the last link
  number bigint not null,
  hash bytea not null,
  -- up to which entry all are sealed, in the order of transactions, and the cluster whose transactions are counted
  xid xid8 not null,
  audit_id uuid not null,
  cluster bigint not null,
  -- the last link that was pruned: the chain hangs on its hash
  base_number bigint not null,
  base_hash bytea not null,
  -- up to which link it was looked for what is too old to say where it came from
  bare_number bigint not null default 0
);
insert into audit_chain (number, hash, xid, audit_id, cluster, base_number, base_hash)
select 0, decode(repeat('00', 32), 'hex'), '0', '00000000-0000-0000-0000-000000000000', system_identifier,
  0, decode(repeat('00', 32), 'hex')
from pg_control_system();

-- What a link seals of its entry: every column that is not null, as JSON with sorted names, instants in UTC.
create function audit_text(entry audit) returns text language sql stable set timezone = 'UTC' as $$
  select jsonb_object_agg(key, value)::text from jsonb_each(to_jsonb(entry)) where value <> 'null'
$$;

-- The hash of a link: of the hash before it, its own number, its entry and digest, and what it is for.
create function audit_hash(previous bytea, number bigint, audit_id uuid, digest bytea, redacts boolean)
returns bytea language sql immutable as $$
  select sha256(convert_to(concat_ws(' ', encode(previous, 'hex'), number, audit_id, encode(digest, 'hex'),
    case when redacts then 'REDACTED' else 'SEALED' end), 'UTF8'))
$$;

-- Nothing of the audit is changed but by the functions below, which say so for as long as they run.
create function audit_kept() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('holdfast.audit', true), '') <> 'open' then
    raise exception '% is only added to', tg_table_name
      using errcode = 'HF021', constraint = 'audit_kept';
  end if;
  return null;
end $$;
create trigger audit_kept before update or delete or truncate on audit
  for each statement execute function audit_kept();
create trigger audit_kept before insert or update or delete or truncate on audit_link
  for each statement execute function audit_kept();
create trigger audit_kept before insert or update or delete or truncate on audit_chain
  for each statement execute function audit_kept();

-- Hangs a link for each of the entries, in their order, behind the last one. The caller has locked the chain.
create function audit_extend(entries uuid[], again boolean) returns void language plpgsql as $$
declare
  chain audit_chain;
  entry audit;
  blur bytea;
  own bytea;
begin
  select * into strict chain from audit_chain;
  for entry in
    select a.* from unnest(entries) with ordinality as e (id, place) join audit a on a.id = e.id order by e.place
  loop
    blur := uuid_send(gen_random_uuid());
    own := sha256(blur || convert_to(audit_text(entry), 'UTF8'));
    chain.number := chain.number + 1;
    chain.hash := audit_hash(chain.hash, chain.number, entry.id, own, again);
    insert into audit_link (number, audit_id, salt, digest, hash, redacts)
    values (chain.number, entry.id, blur, own, chain.hash, again);
  end loop;
  update audit_chain set number = chain.number, hash = chain.hash;
end $$;

-- Seals up to so many committed entries, and returns how many. What is below every running transaction is complete, so
-- that a late commit is never passed by; the order is theirs, then that of ids. One caller at a time, the others find
-- nothing to do. After a restore into another cluster transactions count anew: whatever has no link is then sought once.
create function audit_seal(most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  chain audit_chain;
  here bigint := (select system_identifier from pg_control_system());
  horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  entries uuid[];
begin
  select * into strict chain from audit_chain;
  if chain.cluster = here and not exists (
    select from audit a where (a.xid, a.id) > (chain.xid, chain.audit_id) and a.xid < horizon) then
    return 0;
  end if;
  select * into chain from audit_chain for update skip locked;
  if not found then
    return 0;
  end if;
  -- once more behind the lock, so that the place in the order of transactions never goes back
  horizon := pg_snapshot_xmin(pg_current_snapshot());
  entries := array(
    select a.id from audit a
    where (chain.cluster <> here or ((a.xid, a.id) > (chain.xid, chain.audit_id) and a.xid < horizon))
      and not exists (select from audit_link l where l.audit_id = a.id and not l.redacts)
      and not exists (select from audit_link l where l.audit_id = a.id and l.redacts)
    order by a.xid, a.id limit most);
  perform set_config('holdfast.audit', 'open', true);
  perform audit_extend(entries, false);
  if cardinality(entries) < most then
    update audit_chain set cluster = here, xid = horizon, audit_id = '00000000-0000-0000-0000-000000000000';
  elsif chain.cluster = here then
    update audit_chain c set xid = a.xid, audit_id = a.id from audit a where a.id = entries[most];
  end if;
  perform set_config('holdfast.audit', '', true);
  return cardinality(entries);
end $$;
revoke all on function audit_seal(integer) from public;

-- People who were erased. Their row stays as a pseudonym, which is all that past reservations, rules and the audit name.
create table erasure (
  user_id uuid primary key references app_user,
  at timestamptz(3) not null,
  actor_id uuid not null references app_user,
  -- of the directory's id, so that it does not bring the person back by itself
  external_hash bytea check (octet_length(external_hash) = 32),
  -- When it was gone over for the last time; until then what was under way may still have written something.
  ended_at timestamptz(3)
);
create index erasure_external on erasure (external_hash);
create index erasure_open on erasure (at) where ended_at is null;

-- What entries keep of the facts about an object of somebody who was erased. `own`: theirs; else only what they have said.
create function audit_bare(facts jsonb, own boolean, name text, email text) returns jsonb language sql immutable as $$
  select case when jsonb_typeof(facts) <> 'object' then facts else
    (select coalesce(jsonb_object_agg(key, case
        when key = 'words' then '""'
        when not own then value
        when key = 'title' then '"Erased"'
        when key = 'details' then '""'
        when key = 'name' then to_jsonb(name)
        when key = 'email' then to_jsonb(email)
        else value end), '{}')
      from jsonb_each(facts)
      where key not in ('address', 'userAgent', 'externalId', 'uid')) end
$$;

-- Seals anew what was just changed of these entries, whose former content nobody can try out any more. The caller has
-- locked the chain and opened it.
create function audit_seal_again(entries uuid[]) returns void language plpgsql as $$
declare
  sealed uuid[] := array(
    select e.id from unnest(entries) with ordinality as e (id, place)
    where exists (select from audit_link l where l.audit_id = e.id and not l.redacts) order by e.place);
begin
  update audit_link set salt = null where audit_id = any (sealed) and salt is not null;
  perform audit_extend(sealed, true);
end $$;

-- Takes what is personal out of up to so many entries about somebody who was erased, and returns how many. Theirs are
-- the entries of the account, of its sessions, feeds, reservations and series; of what they did to others' things only
-- where they did it from, and their words.
create function audit_erase(person uuid, most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entries uuid[];
begin
  if not exists (select from erasure where user_id = person) then
    raise exception 'nobody has erased %', person using errcode = 'HF021', constraint = 'audit_kept';
  end if;
  perform 1 from audit_chain for update;
  perform set_config('holdfast.audit', 'open', true);
  with things as materialized (
    select person as id
    union all select id from reservation where owner_id = person
    union all select id from series where owner_id = person
    union all select id from session where user_id = person
  ), concerned as materialized (
    select a.id, true as own from things t join audit a on a.subject_id = t.id
    union
    select a.id, a.action like 'feed.%' or a.action like 'session.%' or a.action like 'waitlist.%'
    from audit a where a.actor_id = person
    union
    select a.id, true from audit a
    where a.action collate "C" = 'session.reuse' and a.action <> 'reservation.create' and a.after ->> 'userId' = person::text
  ), bare as materialized (
    select a.id, a.xid, x.*
    from (select id, bool_or(own) as own from concerned group by id) c
    join audit a on a.id = c.id join app_user u on u.id = person
    cross join lateral (select audit_bare(a.before, c.own, u.name, u.email) as before,
      audit_bare(a.after, c.own, u.name, u.email) as after,
      case when k.kept then a.source end as source, case when k.kept then a.request_id end as request_id
      from (select a.actor_id <> person or (a.actor_id is null and not c.own) as kept) k) x
    where (a.before, a.after, a.source, a.request_id) is distinct from (x.before, x.after, x.source, x.request_id)
    order by a.xid, a.id limit most
  ), written as (
    update audit a set before = b.before, after = b.after, source = b.source, request_id = b.request_id
    from bare b where a.id = b.id returning a.id, a.xid
  )
  select coalesce(array_agg(id order by xid, id), '{}') into entries from written;
  perform audit_seal_again(entries);
  perform set_config('holdfast.audit', '', true);
  return cardinality(entries);
end $$;
revoke all on function audit_erase(uuid, integer) from public;

-- What people were told, without what it says of somebody who was erased: titles and words of their reservations, and
-- their name where they have done it.
create function told_bare(event jsonb, told_at timestamptz, person uuid) returns jsonb language sql stable as $$
  select event || jsonb_build_object(
      'reservations', coalesce(t.reservations, '[]'),
      'words', case when t.own or acted then 'null' else event -> 'words' end,
      'actor', case when acted then (select to_jsonb(name) from app_user where id = person) else event -> 'actor' end)
  from (
    select jsonb_agg(case when v.owner_id = person then r || '{"title": "Erased", "details": ""}' else r end order by n)
        as reservations, bool_or(v.owner_id = person) as own, array_agg(v.id) as ids
    from jsonb_array_elements(event -> 'reservations') with ordinality as e (r, n)
    left join reservation v on v.id = (r ->> 'id')::uuid) t
  cross join lateral (select exists (
    select from audit a where a.subject_id = any (t.ids) and a.at = told_at and a.actor_id = person) as acted) b
$$;

-- Removes up to so many links from the beginning of the chain whose entries are older than the instant, with the entries
-- that hang on no later one, and returns how many. The chain then hangs on the hash of the last of them.
create function audit_prune(before timestamptz, most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  base bigint;
  last bigint;
begin
  select base_number into strict base from audit_chain for update;
  select coalesce(min(l.number) - 1, least(base + most, (select number from audit_chain))) into last
  from audit_link l join audit a on a.id = l.audit_id
  where l.number > base and l.number <= base + most and a.at >= audit_prune.before;
  perform set_config('holdfast.audit', 'open', true);
  delete from audit a using audit_link l
  where l.audit_id = a.id and l.number > base and l.number <= last and not exists (
    select from audit_link n where n.audit_id = a.id and n.redacts and n.number > last);
  update audit_chain set base_number = last, base_hash = l.hash from audit_link l where l.number = last;
  delete from audit_link where number <= last;
  perform set_config('holdfast.audit', '', true);
  return last - base;
end $$;

-- Takes out of up to so many links' entries older than the instant where they came from, and what was told of events of
-- security; returns how many links it has looked at.
create function audit_forget_sources(before timestamptz, most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  base bigint;
  last bigint;
  entries uuid[];
begin
  select greatest(bare_number, base_number) into strict base from audit_chain for update;
  select coalesce(min(l.number) - 1, least(base + most, (select number from audit_chain))) into last
  from audit_link l join audit a on a.id = l.audit_id
  where l.number > base and l.number <= base + most and a.at >= audit_forget_sources.before;
  perform set_config('holdfast.audit', 'open', true);
  with bare as (
    update audit a set source = null, request_id = null,
      before = case when a.action not like 'security.%' then a.before - 'address' end,
      after = case when a.action not like 'security.%' then a.after - 'address' end
    from audit_link l
    where l.audit_id = a.id and l.number > base and l.number <= last and not l.redacts
      and (a.source is not null or a.request_id is not null or a.action like 'security.%')
    returning a.id, l.number
  )
  select coalesce(array_agg(id order by number), '{}') into entries from bare;
  perform audit_seal_again(entries);
  update audit_chain set bare_number = last;
  perform set_config('holdfast.audit', '', true);
  return last - base;
end $$;

-- Takes titles and words out of the entries of these reservations and series, which have lost them themselves.
create function audit_forget_titles(subjects uuid[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  entries uuid[];
begin
  perform 1 from audit_chain for update;
  perform set_config('holdfast.audit', 'open', true);
  with bare as (
    update audit a set before = audit_bare(a.before, true, '', ''), after = audit_bare(a.after, true, '', '')
    where a.subject_id in (
        select id from reservation where id = any (subjects) and title = 'Erased'
        union all select id from series where id = any (subjects) and title = 'Erased')
      and (a.before, a.after) is distinct from (audit_bare(a.before, true, '', ''), audit_bare(a.after, true, '', ''))
    returning a.id, a.xid
  )
  select coalesce(array_agg(id order by xid, id), '{}') into entries from bare;
  perform audit_seal_again(entries);
  perform set_config('holdfast.audit', '', true);
  return cardinality(entries);
end $$;
revoke all on function audit_prune(timestamptz, integer), audit_forget_sources(timestamptz, integer),
  audit_forget_titles(uuid[]) from public;
