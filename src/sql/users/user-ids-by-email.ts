import { type Queryable, statement } from '../statement.js';

const IDS = statement<{ id: string; email: string }>(
  'user-ids-by-email',
  'select id, email from app_user where email = any ($1::text[])',
);

/** Whose addresses (lower case) these are; those of nobody are missing. */
export async function userIdsByEmail(on: Queryable, emails: readonly string[]): Promise<Map<string, string>> {
  if (emails.length === 0) return new Map();
  return new Map((await on.query(IDS, [emails])).map(({ id, email }) => [email, id]));
}
