import { type Queryable, statement } from '../statement.js';
import { type CommentRow, commentJson } from './comment-row.js';

const BY_IDS = statement<{ row: CommentRow }>(
  'comments-by-ids',
  `select ${commentJson('c')} as row from reservation_comment c where c.id = any ($1::uuid[])`,
);

/** The comments by id; those that do not exist are missing from the map. */
export const commentsByIds = async (
  on: Queryable,
  ids: readonly string[],
): Promise<Map<string, CommentRow>> =>
  new Map((await on.query(BY_IDS, [ids])).map(({ row }) => [row.id, row]));

/** A page of each reservation at once, by the index reservation_comment_of. */
const PAGES = statement<{ number: number; rows: CommentRow[] }>(
  'comment-pages',
  `select w.number::integer, json_agg(${commentJson('c')} order by c.id) as rows
   from unnest($1::uuid[], $2::uuid[]) with ordinality as w (id, after, number)
   cross join lateral (
     select * from reservation_comment c where c.reservation_id = w.id and (w.after is null or c.id > w.after)
     order by c.id limit $3) c
   group by w.number`,
);

/** Where a page of a reservation's comments begins: behind the comment `after`, or at the first. */
export interface CommentPlace {
  readonly reservationId: string;
  readonly after: string | null;
}

/** For each of the places up to `limit` comments, the first one first. */
export const commentPages = async (
  on: Queryable,
  places: readonly CommentPlace[],
  limit: number,
): Promise<(readonly CommentRow[])[]> => {
  const ids = places.map(({ reservationId }) => reservationId);
  const rows = await on.query(PAGES, [ids, places.map(({ after }) => after), limit]);
  const pages = new Map(rows.map((page) => [page.number, page.rows]));
  return places.map((_, index) => pages.get(index + 1) ?? []);
};
