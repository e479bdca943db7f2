import { type Queryable, statement } from '../statement.js';

const READ = statement<{ before: unknown; after: unknown }>(
  'audit-of-subject',
  `select before, after from audit where subject_id = $1 and action = $2 order by id desc limit 1`,
);

/** What the last such action has done to the subject; null where there was none. */
export async function readAudit<Before, After>(
  on: Queryable,
  subjectId: string,
  action: string,
): Promise<{ before: Before; after: After } | null> {
  const [entry] = await on.query(READ, [subjectId, action]);
  return (entry as { before: Before; after: After } | undefined) ?? null;
}
