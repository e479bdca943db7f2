-- Documents that are registered per client, and what is used of documents and of the schema.

create table persisted_operation (
  id uuid primary key,
  client_id uuid not null references api_client on delete cascade,
  name text not null check (name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(name) <= 64),
  number integer not null check (number >= 1),
  text text not null,
  -- SHA-256 of the text
  hash bytea not null check (octet_length(hash) = 32),
  kind text not null check (kind in ('QUERY', 'MUTATION', 'SUBSCRIPTION')),
  status text not null default 'PENDING' check (status in ('PENDING', 'APPROVED', 'REJECTED')),
  creator_id uuid not null references app_user,
  created_at timestamptz(3) not null,
  decider_id uuid references app_user,
  decided_at timestamptz(3),
  -- why it was rejected
  words text not null default '',
  -- from when on its callers are told to leave it, and from when on it is refused
  deprecated_at timestamptz(3),
  ends_at timestamptz(3),
  version integer not null default 1,
  constraint persisted_operation_number_key unique (client_id, name, number),
  constraint persisted_operation_hash_key unique (client_id, hash),
  constraint persisted_operation_decided check ((status = 'PENDING') = (decided_at is null)),
  constraint persisted_operation_end check (ends_at is null or deprecated_at <= ends_at)
);

-- Grows with every change of what may run, so that processes which keep it in memory know when to read it anew.
create table operation_book (
  one boolean primary key default true check (one),
  version bigint not null default 1
);
insert into operation_book default values;

-- How often a document was run on a day (UTC); the text itself where it is one of ours or registered, null for all that
-- came as text. Null is nobody's client: people.
create table document_usage (
  day date not null,
  client_id uuid references api_client on delete cascade,
  document text,
  count bigint not null,
  constraint document_usage_key unique nulls not distinct (day, client_id, document)
);

-- How often a field of the schema was asked for, whether it came to be resolved or not: `Type.field`.
create table field_usage (
  day date not null,
  client_id uuid references api_client on delete cascade,
  field text not null,
  count bigint not null,
  constraint field_usage_key unique nulls not distinct (day, client_id, field)
);
create index field_usage_of on field_usage (field, day);

-- Claims that die by the clock: of the few that there are, those that have died since nobody tidied up.
create index claim_mortal on claim (resource_id, occupies_until)
  where occupies_until > '-infinity' and occupies_until < 'infinity';
