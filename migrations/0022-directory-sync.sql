-- Sync with the directory: who is closed there is closed here, without waiting for a sign-in.

-- Closed because the directory says so; whom an administrator has closed, the directory does not open again.
alter table app_user add column closed_by_directory boolean not null default false;
create index app_user_linked on app_user (id) where external_id is not null;

-- The one sync of the whole installation. Whoever runs it holds the lease, and writes only while the token is still
-- theirs; a lease that has run out may be taken over.
create table directory_sync (
  one boolean primary key default true check (one),
  next_at timestamptz(3) not null default '-infinity',
  token uuid,
  lease_until timestamptz(3),
  -- in a row
  failures integer not null default 0,
  started_at timestamptz(3),
  ended_at timestamptz(3),
  outcome text check (outcome in ('APPLIED', 'REFUSED', 'FAILED')),
  -- why it was refused or has failed
  message text,
  report jsonb,
  constraint directory_sync_lease check ((token is null) = (lease_until is null))
);
insert into directory_sync default values;

insert into notification_kind (kind, number, in_app, by_mail) values ('DIRECTORY_SYNC_REFUSED', 90, true, false);
