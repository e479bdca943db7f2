-- Where accounts were used from, so that strangers who guess at an account cannot lock its owner out.

-- The mark is made of login and address by a secret: it tells neither to whoever reads the table.
create table familiar_origin (
  mark bytea primary key,
  user_id uuid not null references app_user on delete cascade,
  seen_at timestamptz(3) not null
);
create index familiar_origin_user on familiar_origin (user_id);
create index familiar_origin_seen on familiar_origin (seen_at);
