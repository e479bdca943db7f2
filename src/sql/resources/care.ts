/** SQL: whether the row `c` of care means that user, by name or by one of their groups. */
const means = (c: string, user: string): string => `(${c}.user_id = ${user}
  or ${c}.group_id in (select cg.group_id from group_member cg where cg.user_id = ${user}))`;

/**
 * SQL: whether the user looks after that resource: named there, in a group that is, or either of them at its place or one
 * above. The one place that decides it.
 */
export const looksAfter = (resource: string, user: string): string => `(exists (
    select from resource_manager rm where rm.resource_id = ${resource} and rm.user_id = ${user})
  or exists (
    select from resource cr join place cp on cp.id = cr.place_id
      join care cc on cc.resource_id = cr.id or cc.place_id = any (cp.path)
    where cr.id = ${resource} and ${means('cc', user)}))`;

/** SQL: whether the user looks after the place with that path, and so after all that lies in it. */
export const looksAfterPlace = (path: string, user: string): string =>
  `exists (select from care cc where cc.place_id = any (${path}) and ${means('cc', user)})`;

/** SQL: whether the user looks after anything at all. Most people do not, and nothing more has to be asked then. */
export const looksAfterAnything = (user: string): string =>
  `(exists (select from resource_manager rm where rm.user_id = ${user})
    or exists (select from care cc where ${means('cc', user)}))`;

/** SQL: a query for the ids of all resources that the user looks after. */
export const inCareOf = (
  user: string,
): string => `select rm.resource_id from resource_manager rm where rm.user_id = ${user}
  union select cc.resource_id from care cc where cc.resource_id is not null and ${means('cc', user)}
  union select cr.id from care cc join place cp on cp.path @> array[cc.place_id] join resource cr on cr.place_id = cp.id
    where ${means('cc', user)}`;
