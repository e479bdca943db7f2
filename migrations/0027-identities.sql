-- Sign-in by a provider of OpenID Connect: who somebody is there.

create table user_identity (
  issuer text not null check (issuer <> ''),
  -- never given to anybody else by that issuer, whatever becomes of the address
  subject text not null check (subject <> ''),
  user_id uuid not null references app_user on delete cascade,
  -- as the provider wrote it when it was linked, for people to tell identities apart
  email text,
  created_at timestamptz(3) not null,
  primary key (issuer, subject),
  constraint user_identity_of_user unique (user_id, issuer)
);

-- Who was erased, as the provider knows them: SHA-256 of issuer, space and subject. Names nobody, and keeps a sign-in
-- there from making the person anew.
create table erased_identity (
  hash bytea primary key check (octet_length(hash) = 32)
);

create function identity_hash(issuer text, subject text) returns bytea language sql immutable as $$
  select sha256(convert_to(issuer || ' ' || subject, 'UTF8'))
$$;

-- Until when an administrator lets whoever proves this account's address elsewhere link it; once is enough.
alter table app_user add column link_until timestamptz(3);

insert into notification_kind (kind, number, in_app, by_mail, always) values
  ('IDENTITY_LINKED', 66, true, true, true),
  ('IDENTITY_UNLINKED', 67, true, true, true);
