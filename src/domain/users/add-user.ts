import type { EntityManager } from '@mikro-orm/postgresql';
import { constraintOf, SQLSTATE, sqlstateOf } from '../../sql/sqlstate.js';
import type { Queryable } from '../../sql/statement.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { Language, UserRow } from '../../sql/users/user-columns.js';
import type { Ctx, Role } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { newId } from '../ids.js';
import { User } from './user.entity.js';
import { type EmailTaken, emailTaken } from './user-failure.js';
import { normalEmail } from './user-policy.js';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly timeZone: string;
  /** English when left out. */
  readonly language?: Language;
  readonly passwordHash: string | null;
  /** The directory's id of the person; left out where the person is only known here. */
  readonly externalId?: string;
}

/**
 * Writes a new person, whose facts have been checked, with the audit row.
 * @throws what `addRefusal` reads, where the address is taken or the database refuses it
 */
export async function addUser(em: EntityManager, tx: Queryable, ctx: Ctx, facts: NewUser): Promise<UserRow> {
  const fixed = ctx.clock.fixed();
  const id = newId();
  em.create(User, {
    ...facts,
    id,
    email: normalEmail(facts.email),
    name: facts.name.trim(),
    active: true,
    version: 1,
    ...(fixed && { createdAt: new Date(fixed) }),
  });
  await em.flush();
  const [row] = await usersByIds(tx, [id]);
  if (!row) throw new Error('the new user is not there');
  const { email, name, role, timeZone, language } = row;
  await recordAudit(tx, ctx, {
    action: 'user.create',
    subjectId: id,
    after: { email, name, role, timeZone, language, externalId: facts.externalId },
  });
  return row;
}

/** The failure behind what `addUser` has thrown; anything else is thrown again. */
export function addRefusal(error: unknown): EmailTaken | InvalidInput {
  const state = sqlstateOf(error);
  if (state === SQLSTATE.uniqueViolation && constraintOf(error) === 'app_user_email_key')
    return emailTaken(['email']);
  if (state === SQLSTATE.checkViolation && constraintOf(error) === 'app_user_email_check')
    return invalidInput(['email'], 'This is not an email address.');
  throw error;
}
