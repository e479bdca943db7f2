/** SQL: whether the row `d` of delegate stands at that instant. */
export const standsAt = (d: string, now: string): string =>
  `(not ${d}.ended and (${d}.until_at is null or ${d}.until_at > ${now}))`;

/**
 * SQL: whether the reservation or series with alias `r` is the user's to deal with: their own, or of somebody whose
 * delegate they are. Who has made it for somebody else otherwise has a say too; who was a delegate and is none any more has
 * none. One look by a key, and none for what is their own.
 */
export const belongsTo = (
  r: string,
  user: string,
  now: string,
): string => `(${r}.owner_id = ${user} or coalesce(
    (select ${standsAt('d', now)} from delegate d where d.user_id = ${r}.owner_id and d.delegate_id = ${user}),
    ${r}.creator_id = ${user}))`;
