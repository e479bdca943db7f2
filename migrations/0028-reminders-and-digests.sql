-- Reminders as long before as each person chooses, and digests: mails that wait until they go as one.

-- Reminders ------------------------------------------------------------------------------------

-- How long before people are reminded; who has none of these is reminded an hour before.
create table reminder_lead (
  user_id uuid not null references app_user on delete cascade,
  minutes integer not null check (minutes between 5 and 10080),
  -- of what was to be told before it was chosen nobody is reminded
  since timestamptz(3) not null,
  primary key (user_id, minutes)
);

-- A program from before names no lead: it knows the hour alone.
alter table reminder
  add column minutes integer not null default 60,
  drop constraint reminder_pkey,
  add primary key (reservation_id, starts_at, minutes);

-- Digests --------------------------------------------------------------------------------------

-- Whether its mail may wait for a digest: not where something must be done by a time, nor where it is always told.
alter table notification_kind add column can_wait boolean not null default false;
update notification_kind set can_wait = true where kind in (
  'RESERVED', 'OWN_CHANGE', 'RESERVED_FOR_YOU', 'CHANGED', 'MOVED', 'CANCELLED', 'CANCELLED_BY_CLOSURE',
  'RESTORED_AFTER_CLOSURE', 'HOLD_EXPIRED', 'RESTORED', 'APPROVED', 'REJECTED', 'APPROVAL_EXPIRED', 'NO_SHOW',
  'SERIES_ENDED', 'INVITED', 'UNINVITED', 'INVITATION_ANSWERED', 'COMMENTED');

-- Whether its mails wait, which means something only as long as they are wanted at all.
alter table notification_preference add column digest boolean not null default false;

-- When the digest comes, by the person's own clocks; whoever has put nothing into it has none of these.
create table digest (
  user_id uuid primary key references app_user on delete cascade,
  at time not null default '07:00' check (at < '24:00'),
  -- ISO: Monday is 1
  days smallint[] not null default '{1,2,3,4,5,6,7}' check (cardinality(days) > 0 and days <@ '{1,2,3,4,5,6,7}'),
  -- the last day that needs none any more
  last_day date not null,
  -- nothing is due before
  look_at timestamptz(3) not null default '-infinity',
  -- counts changes: who has read an older one changes nothing
  version integer not null default 1
);
create index digest_look on digest (look_at);

create function digest_moved() returns trigger language plpgsql as $$
begin
  update digest set look_at = '-infinity', version = version + 1 where user_id = new.id;
  return null;
end $$;
create trigger digest_moved after update of time_zone on app_user
  for each row when (old.time_zone <> new.time_zone) execute function digest_moved();

-- A mail that was collected is never sent by itself. It goes with the mail of kind DIGEST that it names, and is told
-- there; { day, timeZone, today } is all that the digest itself keeps.
alter table mail
  add column collected_at timestamptz(3),
  add column digest_id uuid references mail on delete cascade,
  add constraint mail_collected check (collected_at is null or num_nonnulls(next_at, sent_at) = 0),
  add constraint mail_digest check (digest_id is null or collected_at is not null);
create index mail_to_collect on mail (user_id) where collected_at is not null and digest_id is null;
create index mail_of_digest on mail (digest_id) where digest_id is not null;
create unique index mail_digest_of_day on mail (user_id, (event ->> 'day')) where kind = 'DIGEST';
drop index mail_failed;
create index mail_failed on mail (id) where next_at is null and sent_at is null and collected_at is null;

-- On every path by which mails are written, those of programs from before included.
create function mail_collect() returns trigger language plpgsql as $$
begin
  if exists (
    select from notification_preference f
    where f.user_id = new.user_id and f.kind = new.kind and f.by_mail and f.digest) then
    -- Facts of now: nobody claims it soon, who would add them.
    new.event := mail_event(new);
    new.collected_at := new.created_at;
    new.next_at := null;
  end if;
  return new;
end $$;
create trigger mail_collect before insert on mail
  for each row when (new.user_id is not null) execute function mail_collect();
