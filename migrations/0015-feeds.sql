-- Calendar feeds: reservations that calendar programs subscribe to, by an address that is secret.

create table feed (
  id uuid primary key,
  owner_id uuid not null references app_user on delete cascade,
  name text not null check (name <> ''),
  -- what it shows; with neither, the owner's own reservations
  resource_id uuid references resource on delete cascade,
  place_id uuid references place on delete cascade,
  -- SHA-256 of the token in its address
  token_hash bytea not null check (octet_length(token_hash) = 32),
  version integer not null default 1,
  created_at timestamptz(3) not null,
  constraint feed_token_key unique (token_hash),
  constraint feed_shows check (num_nonnulls(resource_id, place_id) <= 1)
);
create index feed_of_owner on feed (owner_id, id);

-- Which reservation an event of a calendar has become, so that it becomes none a second time.
create table imported_event (
  owner_id uuid not null references app_user on delete cascade,
  resource_id uuid not null references resource on delete cascade,
  -- UID, and the occurrence that it stands for
  uid text not null check (uid <> ''),
  reservation_id uuid not null references reservation on delete cascade,
  constraint imported_event_pkey primary key (owner_id, resource_id, uid)
);
create index imported_event_reservation on imported_event (reservation_id);
