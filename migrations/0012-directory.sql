-- Sign-in by the organisation's directory: who there is the person here.

-- The directory's own id, which outlives a new name or address; null for people who are not linked.
alter table app_user add column external_id text check (external_id <> '');
alter table app_user add constraint app_user_external_id_key unique (external_id);
