/** SQL: whether mails are written: see mail_relay. */
export const MAILS = (now: string): string =>
  `exists (select from mail_relay where seen_at > ${now} - interval '7 days')`;

/**
 * SQL: parts of a WITH that tell people in the app and by mail, as the trigger notify_people does.
 * @param source a query for rows of people_told, each with the instant `at`
 */
export const telling = (source: string): string => `event as materialized (
    select at, user_id, kind, in_app, by_mail, id as reservation_id, jsonb_build_object('actor', actor,
      'closure', closure, 'count', 1, 'isOwn', is_own, 'previous', previous, 'words', words,
      'reservations', jsonb_build_array(reservation)) as event
    from (${source}) source where in_app or by_mail
  ), noticed as (
    insert into notification (id, user_id, kind, reservation_id, event, created_at)
    select uuid_at(at), user_id, kind, reservation_id, event, at from event where in_app
  ), mailed as (
    insert into mail (id, user_id, kind, event, created_at, next_at)
    select uuid_at(at), user_id, kind, event, at, at from event where by_mail
  )`;
