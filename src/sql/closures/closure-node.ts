import { type ClosureRow, closureJson } from '../rules/read-rule-book.js';

/** A closure with what only its own readers want to know: the rule book holds the rest. */
export interface ClosureNode extends ClosureRow {
  readonly node: 'Closure';
  readonly creatorId: string;
  /** The event of an imported calendar that it comes from. */
  readonly sourceUid: string | null;
  readonly createdAt: string;
  /** The act that has made or last changed it. */
  readonly closingId: string | null;
}

/** SQL that prints the row with alias `c` as a ClosureNode. */
export const closureNodeJson = (c: string): string =>
  closureJson(
    c,
    `, 'node', 'Closure', 'creatorId', ${c}.creator_id, 'sourceUid', ${c}.source_uid,
  'createdAt', ${c}.created_at, 'closingId', ${c}.closing_id`,
  );
