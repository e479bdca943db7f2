-- What one act has closed, and what it has cancelled for that: undone as one.

create table closing (
  id uuid primary key,
  -- which closing came after which: written under the lock of the rule book
  number bigint generated always as identity unique,
  actor_id uuid not null references app_user,
  at timestamptz(3) not null,
  resource_id uuid references resource on delete cascade,
  type_id uuid references resource_type on delete cascade,
  place_id uuid references place on delete cascade,
  -- of each closure that it has made or changed: id, version given, fields before, closing before; null for made
  former jsonb not null,
  undone_at timestamptz(3),
  constraint closing_scope check (num_nonnulls(resource_id, type_id, place_id) <= 1)
);

alter table closure add column closing_id uuid references closing on delete set null;
alter table reservation add column closing_id uuid references closing on delete set null;

-- Until now a closure was undone as it had been made.
insert into closing (id, actor_id, at, resource_id, type_id, place_id, former)
select id, creator_id, created_at, resource_id, type_id, place_id,
  jsonb_build_array(jsonb_build_object('id', id, 'version', version, 'before', null, 'closingId', null))
from closure order by id;
update closure set closing_id = id;
update reservation set closing_id = closure_id where closure_id is not null;

create index closure_closing on closure (closing_id);
create index reservation_closing on reservation (closing_id) where closing_id is not null;
