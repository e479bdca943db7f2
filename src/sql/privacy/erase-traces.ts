import { type Queryable, statement } from '../statement.js';

/** SQL: the reservations of the person `$1`, and those that they have changed. */
const TOUCHED = `(select id from reservation where owner_id = $1
  union select subject_id from audit where actor_id = $1 and action like 'reservation.%')`;

/** SQL: the reservations about which the person `$1` has said something, or has answered an invitation. */
const SPOKEN = `(select subject_id from audit where actor_id = $1 and action in
  ('comment.add', 'comment.edit', 'participants.respond'))`;

/** SQL: an event whose organizer is named no more. */
const NOBODY = `jsonb_set(event, '{company,organizer}', '{"name": "Erased", "address": "erased@erased.invalid"}')`;

/**
 * Everything with the person in it but the audit, which comes last since others look there who has done what. Each is
 * harmless when it is run again, and gives a number only where a batch was full.
 */
const TRACES = {
  reservations: `update reservation set title = 'Erased', details = '' where id in (
    select id from reservation where owner_id = $1 and (title <> 'Erased' or details <> '') limit $2)`,
  series: `update series set title = 'Erased', details = '' where id in (
    select id from series where owner_id = $1 and (title <> 'Erased' or details <> '') limit $2)`,
  imports: `delete from imported_event where (owner_id, resource_id, uid) in (
    select owner_id, resource_id, uid from imported_event where owner_id = $1 limit $2)`,
  // who has invited others is named to them, and so is who has answered or said something to whom it was told
  organised: `update notification set event = ${NOBODY} where id in (
    select n.id from notification n join reservation v on v.id = n.reservation_id
    where v.owner_id = $1 and n.event #>> '{company,organizer,name}' <> 'Erased' limit $2)`,
  organisedByMail: `update mail set event = ${NOBODY} where id in (
    select m.id from mail m join reservation v on v.id = (m.event #>> '{reservations,0,id}')::uuid
    where v.owner_id = $1 and m.event #>> '{company,organizer,name}' <> 'Erased' limit $2)`,
  spoken: `delete from notification where id in (
    select id from notification where kind in ('COMMENTED', 'INVITATION_ANSWERED')
      and reservation_id in ${SPOKEN} limit $2)`,
  spokenByMail: `delete from mail where id in (
    select id from mail where kind in ('COMMENTED', 'INVITATION_ANSWERED')
      and (event #>> '{reservations,0,id}')::uuid in ${SPOKEN} limit $2)`,
  participants: `delete from participant where id in (
    select id from participant where user_id = $1 limit $2)`,
  comments: `delete from reservation_comment where id in (
    select id from reservation_comment where author_id = $1 limit $2)`,
  // what they hold of theirs, or was put to what is theirs; the sweeper removes the files
  attachments: `delete from attachment where id in (
    select a.id from attachment a join reservation v on v.id = a.reservation_id
    where $1 in (a.uploader_id, v.owner_id) limit $2)`,
  words: `update approval_word set words = '' where id in (
    select w.id from approval_word w join reservation v on v.id = w.reservation_id
    where w.words <> '' and $1 in (w.user_id, v.owner_id) limit $2)`,
  notifications: `delete from notification where id in (
    select n.id from notification n left join reservation v on v.id = n.reservation_id
    where n.user_id = $1 or (n.message is not null and v.owner_id = $1) limit $2)`,
  mails: 'delete from mail where id in (select id from mail where user_id = $1 limit $2)',
  toldAbout: `delete from notification where id in (
    select id from notification where kind = 'DELEGATE_ADDED' and event ->> 'aboutId' = $1::text limit $2)`,
  mailedAbout: `delete from mail where id in (
    select id from mail where kind = 'DELEGATE_ADDED' and event ->> 'aboutId' = $1::text limit $2)`,
  toldOthers: `update notification n set event = b.event from (
    select id, told_bare(event, created_at, $1) as event from notification
    where event is not null and reservation_id in ${TOUCHED}) b
    where n.id = b.id and n.event <> b.event and $2::integer is not null`,
  mailedOthers: `update mail m set event = b.event from (
    select id, told_bare(event, created_at, $1) as event from mail
    where event is not null and (event -> 'reservations' -> 0 ->> 'id')::uuid in ${TOUCHED}) b
    where m.id = b.id and m.event <> b.event and $2::integer is not null`,
  digestsOfOthers: `update mail m set event = jsonb_set(m.event, '{today}', (
      select jsonb_agg(case when v.owner_id = $1 then r || '{"title": "Erased"}' else r end order by n)
      from jsonb_array_elements(m.event -> 'today') with ordinality as e (r, n)
      left join reservation v on v.id = (r ->> 'id')::uuid))
    where id in (
      select distinct d.id from mail d, jsonb_array_elements(d.event -> 'today') r
      join reservation v on v.id = (r ->> 'id')::uuid
      where d.kind = 'DIGEST' and v.owner_id = $1 and r ->> 'title' <> 'Erased' limit $2)`,
  deliveries: `update webhook_delivery set response = null,
      event = case jsonb_typeof(event -> 'previous') when 'object'
        then jsonb_set(event, '{previous}', (event -> 'previous') || '{"title": "Erased", "details": ""}') else event end
      || jsonb_build_object('reservation', (event -> 'reservation') || '{"title": "Erased", "details": ""}')
    where id in (
      select id from webhook_delivery where event #>> '{reservation,ownerId}' = $1::text
        and (event #>> '{reservation,title}' <> 'Erased' or event #>> '{reservation,details}' <> '' or response is not null)
      limit $2)`,
  answers: `delete from idempotency where (actor_id, operation, key) in (
    select actor_id, operation, key from idempotency
    where actor_id = $1 or answer @? ('$.**.ownerId ? (@ == "' || $1::text || '")')::jsonpath limit $2)`,
} as const;

const STATEMENTS = Object.entries(TRACES).map(([name, text]) =>
  statement<{ touched: number }>(
    `erase-${name}`,
    `with touched as (${text} returning 1) select count(*)::integer as touched from touched`,
  ),
);

const AUDIT = statement<{ touched: number }>('erase-audit', 'select audit_erase($1, $2) as touched');

/** Runs each in batches of a transaction of its own until nothing is left of the person, the audit last. */
export async function eraseTraces(on: Queryable, userId: string, batch: number): Promise<void> {
  for (const each of [...STATEMENTS, AUDIT]) {
    for (;;) {
      const [row] = await on.query(each, [userId, batch]);
      if ((row?.touched ?? 0) < batch) break;
    }
  }
}
