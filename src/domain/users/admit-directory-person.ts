import type { EntityManager } from '@mikro-orm/postgresql';
import type { Queryable } from '../../sql/statement.js';
import { externalCandidate } from '../../sql/users/user-external.js';
import type { Ctx } from '../act.js';
import { addUser } from './add-user.js';
import { type Applied, applyDirectoryFacts, settleGroups } from './apply-directory-facts.js';
import type { DirectoryFacts } from './directory-facts.js';

/**
 * Finds, links or makes the person whom the directory has vouched for, and applies what it decides, all of it audited.
 * Who is linked to the directory's id is that person, whatever the address has become. Otherwise the address links,
 * but only to an account that has neither a password here nor another link: the directory does not take over what
 * somebody signs in to otherwise.
 * @returns null for whom the rule keeps out, and for accounts that were closed here
 * @throws a unique violation (SQLSTATE 23505) when the same person is made elsewhere at this moment
 */
export async function admitDirectoryPerson(
  em: EntityManager,
  tx: Queryable,
  ctx: Ctx,
  facts: DirectoryFacts,
): Promise<Applied | null> {
  const { externalId, email, name, firstRole: role } = facts;
  const candidate = await externalCandidate(tx, externalId, email);
  if (candidate) return applyDirectoryFacts(em, tx, ctx, facts, candidate);
  if (email === null || name === '') {
    ctx.log.warn({ externalId }, 'the directory knows no usable email address of a person');
    return null;
  }
  const row = { email, name, role, timeZone: 'UTC', passwordHash: null, externalId };
  const { id: userId } = await addUser(em, tx, ctx, row);
  await settleGroups(tx, ctx, userId, facts);
  return { userId, endsTokens: false, isChanged: true };
}
