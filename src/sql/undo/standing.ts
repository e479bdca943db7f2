/**
 * SQL: common table expressions, the last of them `stands (id, version, stands_at)`: whose facts a reservation or a series has.
 * An undoing makes a new version of the facts of an older one, which may itself be such a version.
 * @param which SQL of what to look at: id, version, version
 */
export const standing = (which: string): string => `standing (id, version, stands_at) as (
    ${which}
    union all
    select s.id, s.version, (a.before ->> 'version')::integer
    from standing s
    join audit u on u.subject_id = s.id and u.undoes is not null and (u.after ->> 'version')::integer = s.stands_at
    join audit a on a.act_id = u.undoes and a.subject_id = s.id
  ), stands as (
    select id, version, min(stands_at) as stands_at from standing group by id, version
  )`;
