import { MAILS, telling } from '../notifications/tell.js';
import { NOW } from '../reservations/reservation-json.js';
import { isSeen } from '../reservations/seen-by.js';
import { type Queryable, statement } from '../statement.js';
import { type CommentRow, commentJson } from './comment-row.js';

/**
 * Who is told: owner and creator, who takes part and has not declined, and whoever has commented before and still sees
 * the reservation; not who says it.
 */
const ADD = statement<{ row: CommentRow }>(
  'comment-add',
  `with made as (
    insert into reservation_comment (id, reservation_id, author_id, words, created_at)
    select $2::uuid, $3::uuid, $4::uuid, $5, date_trunc('milliseconds', ${NOW}) returning *
  ), others as materialized (
    select v.owner_id as id from reservation v where v.id = $3
    union select v.creator_id from reservation v where v.id = $3
    union select p.user_id from participant p
      where p.reservation_id = $3 and p.user_id is not null and p.response <> 'DECLINED'
    union select c.author_id from reservation_comment c join reservation v on v.id = c.reservation_id
      join app_user u on u.id = c.author_id where c.reservation_id = $3 and ${isSeen('v', 'u.id', 'u.role', NOW)}
  ), ${telling(
    `select made.created_at as at, t.* from made cross join lateral people_told('answer', $4::uuid, $3::uuid, null,
      jsonb_build_object('words', left($5, 500)), ${MAILS('made.created_at')},
      array(select id from others where id <> $4), 'COMMENTED') t`,
  )}
  select ${commentJson('made')} as row from made`,
);

/** Writes a comment and tells the others. */
export const addCommentRow = async (
  tx: Queryable,
  now: string | null,
  comment: Pick<CommentRow, 'id' | 'reservationId' | 'authorId' | 'words'>,
): Promise<CommentRow> => {
  const { id, reservationId, authorId, words } = comment;
  return ((await tx.query(ADD, [now, id, reservationId, authorId, words]))[0] as { row: CommentRow }).row;
};

const EDIT = statement<{ row: CommentRow }>(
  'comment-edit',
  `update reservation_comment c set words = $3, edited_at = date_trunc('milliseconds', ${NOW})
   where c.id = $2::uuid returning ${commentJson('c')} as row`,
);

/** Says it in other words; null where it is gone. */
export const editCommentRow = async (
  tx: Queryable,
  now: string | null,
  id: string,
  words: string,
): Promise<CommentRow | null> => (await tx.query(EDIT, [now, id, words]))[0]?.row ?? null;

const REMOVE = statement<{ id: string }>(
  'comment-remove',
  'delete from reservation_comment where id = $1::uuid returning id',
);

/** Takes it out; false where it is gone already. */
export const removeCommentRow = async (tx: Queryable, id: string): Promise<boolean> =>
  (await tx.query(REMOVE, [id])).length > 0;
