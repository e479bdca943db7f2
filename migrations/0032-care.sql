-- Who looks after things besides the people whom one resource names (resource_manager): groups at a resource, people and
-- groups at a place with all that lies below it. Read whenever somebody asks, so nothing has to be kept in step.
create table care (
  resource_id uuid references resource on delete cascade,
  place_id uuid references place on delete cascade,
  user_id uuid references app_user on delete cascade,
  group_id uuid references user_group on delete cascade,
  constraint care_of_one check (num_nonnulls(resource_id, place_id) = 1),
  constraint care_by_one check (num_nonnulls(user_id, group_id) = 1),
  -- people at a resource have their table
  constraint care_people check (resource_id is null or user_id is null),
  constraint care_key unique nulls not distinct (resource_id, place_id, user_id, group_id)
);
create index care_place on care (place_id);
create index care_user on care (user_id);
create index care_group on care (group_id);

-- Everybody who looks after a resource.
create function caretakers(resource uuid) returns setof uuid language sql stable as $$
  select m.user_id from resource_manager m where m.resource_id = $1
  union
  select coalesce(c.user_id, g.user_id)
  from resource r join place p on p.id = r.place_id
    join care c on c.resource_id = r.id or c.place_id = any (p.path)
    left join group_member g on g.group_id = c.group_id
  where r.id = $1 and (c.user_id is not null or g.user_id is not null)
$$;

create or replace function step_all(step jsonb, besides uuid[]) returns setof uuid language sql stable as $$
  select u.id from (
    select u::uuid as id from jsonb_array_elements_text(step -> 'userIds') u
    union select m.user_id from jsonb_array_elements_text(step -> 'groupIds') g
      join group_member m on m.group_id = g::uuid
    union select c from jsonb_array_elements_text(step -> 'resourceIds') r, caretakers(r::uuid) c) named
  join app_user u on u.id = named.id and u.active where u.id <> all (besides)
$$;
