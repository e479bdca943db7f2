-- API clients: programs that act under an account of their own, with scopes, limits and secrets.

create table api_client (
  -- the account as which it acts and is audited; its name, role and activity are the account's
  id uuid primary key references app_user,
  -- the person who answers for it
  owner_id uuid not null references app_user,
  scopes text[] not null default '{}',
  persisted_only boolean not null default false,
  per_minute integer not null check (per_minute between 1 and 1000000),
  per_day integer check (per_day between 1 and 1000000000),
  expires_at timestamptz(3),
  creator_id uuid not null references app_user,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  last_address text
);
create index api_client_owner on api_client (owner_id);

-- A secret is a session of its client: what ends it ends the tokens that it was given, sockets included.
create table api_secret (
  id uuid primary key references session on delete cascade,
  client_id uuid not null references api_client on delete cascade,
  -- SHA-256 of the secret
  hash bytea not null check (octet_length(hash) = 32),
  constraint api_secret_hash_key unique (hash)
);
create index api_secret_of on api_secret (client_id);

-- Programs read no mail.
create function mail_has_reader() returns trigger language plpgsql as $$
begin
  if exists (select from api_client where id = new.user_id) then
    return null;
  end if;
  return new;
end $$;
create trigger mail_has_reader before insert on mail for each row execute function mail_has_reader();
