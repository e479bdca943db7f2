-- What one act of somebody has changed, and what takes it back.

alter table audit
  -- the act that it is part of, where that can be undone: the id of its first entry
  add column act_id uuid,
  -- the act that it takes back
  add column undoes uuid;
create index audit_act on audit (act_id) where act_id is not null;
create unique index audit_undoes on audit (undoes, subject_id) where undoes is not null;
