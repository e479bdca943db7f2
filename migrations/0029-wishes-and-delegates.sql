-- Wishes that come back to the waitlist and wishes that nobody else may see; people who act in somebody's name.

alter table wait
  add column visibility text not null default 'PUBLIC'
    constraint wait_visibility_check check (visibility in ('PUBLIC', 'PRIVATE')),
  -- what would have done when it was offered, as in wait_target: for the case that it waits again. Null: what was asked for.
  add column targets jsonb;

-- What would have done for a wish that is on offer.
create function wait_targets(w wait) returns table (need integer, resource_id uuid, quantity integer, rank integer)
language sql stable as $$
  select t.need, t."resourceId", t.quantity, t.rank
  from jsonb_to_recordset(coalesce(w.targets, (
    select jsonb_agg(each || jsonb_build_object('need', place - 1, 'rank', 0))
    from jsonb_array_elements(w.resources) with ordinality as asked (each, place)
  ))) as t (need integer, "resourceId" uuid, quantity integer, rank integer)
$$;

-- A wish follows the hold that was offered for it, whoever confirms, cancels or expires that, on every path. What a closure
-- cancels nobody has declined: it waits again in its old place, and what is free is kept for it as for who joins.
create or replace function wait_follows() returns trigger language plpgsql as $$
begin
  if new.state = 'CANCELLED' and new.closing_id is not null and old.closing_id is null then
    with back as (
      update wait set state = 'WAITING', offered_at = null, reservation_id = null
      where reservation_id = new.id and state = 'OFFERED' and last_start > new.updated_at returning *
    ), placed as (
      insert into wait_target (wait_id, need, resource_id, quantity, rank, reach)
      select w.id, t.need, r.id, t.quantity, t.rank,
        tstzrange(w.first_start - interval '7 days', w.last_end + interval '7 days')
      from back w, wait_targets(w) t join resource r on r.id = t.resource_id
      returning resource_id, reach
    )
    insert into wait_due (resource_id, span, ended) select distinct resource_id, reach, false from placed;
  end if;
  update wait set state = case new.state when 'EXPIRED' then 'EXPIRED' when 'CANCELLED'
    then case when new.closing_id is null then 'WITHDRAWN' else 'EXPIRED' end else 'FULFILLED' end
  where reservation_id = new.id and state = 'OFFERED';
  return null;
end $$;
