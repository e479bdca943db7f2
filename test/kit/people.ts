import type { Role, Viewer } from '../../src/domain/act.js';
import { newId } from '../../src/domain/ids.js';
import type { Database } from '../../src/sql/statement.js';
import { statement } from '../../src/sql/statement.js';

export interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** With a session that is open from 2000 to 2100, in which who sits there has just been proved, always. */
  readonly viewer: Viewer;
}

const insertUser = statement(
  'kit-user',
  `insert into app_user (id, email, name, role, active, time_zone, password_hash)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);
const insertSession = statement(
  'kit-session',
  `insert into session (id, user_id, created_at, expires_at, last_used_at, tokens_from, proved_at)
   values ($1, $2, '2000-01-01', '2100-01-01', '2000-01-01', '2000-01-01', '2100-01-01')`,
);

let count = 0;

/** Somebody with an open session; no password unless a hash is given. */
export async function person(
  db: Database,
  role: Role = 'MEMBER',
  facts: { name?: string; email?: string; timeZone?: string; active?: boolean; passwordHash?: string } = {},
): Promise<PersonRow> {
  const id = newId();
  const sessionId = newId();
  const name = facts.name ?? `Person ${++count}`;
  const email = facts.email ?? `person-${id}@example.com`;
  await db.query(insertUser, [
    id,
    email,
    name,
    role,
    facts.active ?? true,
    facts.timeZone ?? 'UTC',
    facts.passwordHash ?? null,
  ]);
  await db.query(insertSession, [sessionId, id]);
  return { id, email, name, role, viewer: { userId: id, sessionId, role } };
}
