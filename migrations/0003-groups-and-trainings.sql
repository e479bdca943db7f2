-- Groups and trainings: what rules look at of people beside their role.

create table user_group (
  id uuid primary key,
  name text not null check (name <> ''),
  description text not null default '',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  constraint user_group_name_key unique (name)
);

create table group_member (
  group_id uuid not null references user_group on delete cascade,
  user_id uuid not null references app_user on delete cascade,
  primary key (group_id, user_id)
);
create index group_member_user on group_member (user_id);

create table training (
  id uuid primary key,
  name text not null check (name <> ''),
  description text not null default '',
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  constraint training_name_key unique (name)
);

-- Counts until valid_until, exclusive; null is for good.
create table user_training (
  user_id uuid not null references app_user on delete cascade,
  training_id uuid not null references training on delete cascade,
  granted_at timestamptz(3) not null,
  granted_by uuid references app_user,
  valid_until timestamptz(3),
  primary key (user_id, training_id)
);
create index user_training_training on user_training (training_id);
