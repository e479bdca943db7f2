-- Second factors: what somebody proves besides the password, and what is asked meanwhile.

-- When the person has last proved to sit there; null: at its beginning.
alter table session add column proved_at timestamptz(3);

-- An authenticator app (RFC 6238). One that is not confirmed counts for nothing; once it is, it takes the place of
-- the one before.
create table totp (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  -- sealed, bound to the id
  secret_sealed bytea not null,
  created_at timestamptz(3) not null,
  confirmed_at timestamptz(3),
  -- the last time step whose code was taken: no code counts twice
  last_step bigint not null default -1
);
create unique index totp_confirmed on totp (user_id) where confirmed_at is not null;
create unique index totp_begun on totp (user_id) where confirmed_at is null;

-- What lets in once whoever has lost the app; 80 random bits, so a plain hash will do.
create table recovery_code (
  user_id uuid not null references app_user on delete cascade,
  hash bytea not null,
  used_at timestamptz(3),
  primary key (user_id, hash)
);

-- A key on a device or in a password store (WebAuthn Level 3): a second factor, or instead of the password.
create table passkey (
  id uuid primary key,
  user_id uuid not null references app_user on delete cascade,
  name text not null check (name <> ''),
  -- as its authenticator calls it
  credential_id bytea not null,
  -- COSE
  public_key bytea not null,
  -- signatures made with it, by its own count; always 0 where it does not count
  sign_count bigint not null,
  transports text[] not null default '{}',
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  constraint passkey_credential_key unique (credential_id)
);
create index passkey_of_user on passkey (user_id, id);

-- Codes in a row that were wrong, from wherever they came: who guesses knows the password already.
create table factor_guess (
  user_id uuid primary key references app_user on delete cascade,
  wrong integer not null,
  -- no code is judged before
  wait_until timestamptz(3) not null
);

-- A question that was put to somebody and may be answered once: SECOND_FACTOR after a right password, PASSKEY_ADD and
-- PASSKEY_USE for passkeys to sign.
create table challenge (
  hash bytea primary key,
  purpose text not null,
  -- null: nobody has said yet who it is
  user_id uuid references app_user on delete cascade,
  -- of SECOND_FACTOR: the hash that the password was found to match
  password_hash text,
  -- what was found out before it was asked, and the answer settles
  facts jsonb,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index challenge_expires on challenge (expires_at);

-- Nobody can switch off what they must hear of.
alter table notification_kind add column always boolean not null default false;
insert into notification_kind (kind, number, in_app, by_mail, always) values
  ('FACTOR_ADDED', 60, true, true, true),
  ('FACTOR_REMOVED', 61, true, true, true),
  ('FACTORS_RESET', 62, true, true, true),
  ('RECOVERY_CODES_RENEWED', 63, true, true, true),
  ('RECOVERY_CODE_USED', 64, true, true, true),
  ('FACTOR_GUESSED', 65, true, true, true),
  ('PASSKEY_COPIED', 68, true, true, true);
