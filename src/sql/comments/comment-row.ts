/** A word about a reservation: bare uuids, instants as JSON text in UTC. */
export interface CommentRow {
  readonly node: 'Comment';
  readonly id: string;
  readonly reservationId: string;
  readonly authorId: string;
  readonly words: string;
  readonly createdAt: string;
  /** When it was last changed; null where it never was. */
  readonly editedAt: string | null;
}

/** SQL that prints the row with alias `c` as a CommentRow. */
export const commentJson = (c: string): string => `json_build_object(
  'node', 'Comment', 'id', ${c}.id, 'reservationId', ${c}.reservation_id, 'authorId', ${c}.author_id,
  'words', ${c}.words, 'createdAt', ${c}.created_at, 'editedAt', ${c}.edited_at)`;
