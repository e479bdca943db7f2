/** SQL: whether mails are written: see mail_relay. */
export const MAILS = (now: string): string =>
  `exists (select from mail_relay where seen_at > ${now} - interval '7 days')`;

/**
 * SQL: parts of a WITH that tell people in the app and by mail, as the trigger notify_people does: the occurrences of a
 * series as one, the first hundred by name.
 * @param more SQL for further pairs of the event
 * @param source a query for rows of people_told, each with the instant `at`
 */
export const telling = (source: string, more = ''): string => `event as materialized (
    select min(at) as at, user_id, kind, in_app, by_mail, (array_agg(id order by starts_at, id))[1] as reservation_id,
      jsonb_build_object('actor', max(actor), 'closure', max(closure), 'count', count(*), 'isOwn', bool_and(is_own),
        'previous', null, 'words', max(words)${more},
        'reservations', to_jsonb((array_agg(reservation order by starts_at, id))[:100])) as event
    from (${source}) source where in_app or by_mail
    group by user_id, kind, in_app, by_mail, coalesce(series_id, id)
  ), noticed as (
    insert into notification (id, user_id, kind, reservation_id, event, created_at)
    select uuid_at(at), user_id, kind, reservation_id, event, at from event where in_app
  ), mailed as (
    insert into mail (id, user_id, kind, event, created_at, next_at)
    select uuid_at(at), user_id, kind, event, at, at from event where by_mail
  )`;
