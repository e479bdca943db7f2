import type { EntityManager } from '@mikro-orm/postgresql';
import type { Queryable } from '../../sql/statement.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import { lockUser } from '../../sql/users/user-lock.js';
import { accountByEmail } from '../../sql/users/user-password.js';
import type { Ctx } from '../act.js';
import { settleGroups } from './apply-directory-facts.js';
import type { Admitted, ProvidedFacts } from './provided-facts.js';
import { settleChange } from './settle-change.js';
import { User } from './user.entity.js';

/**
 * Gives the person the role and the groups that the provider decides. Name and address follow it only where nobody else
 * has a say in them: neither the person, who has a password here, nor the directory. The last active administrator
 * stays one.
 */
export async function applyProvidedFacts(
  em: EntityManager,
  tx: Queryable,
  ctx: Ctx,
  userId: string,
  facts: ProvidedFacts,
): Promise<Admitted> {
  const [candidate] = await usersByIds(tx, [userId]);
  const mayDemote = candidate?.role === 'ADMINISTRATOR' && (facts.role ?? candidate.role) !== 'ADMINISTRATOR';
  const { user: before, otherAdministrators } = await lockUser(tx, userId, mayDemote);
  if (!before?.isActive) return { refused: 'CLOSED' };
  const isLast = mayDemote && before.role === 'ADMINISTRATOR' && otherAdministrators === 0;
  if (isLast) ctx.log.warn({ userId }, 'the last administrator keeps what the provider has taken away');
  const entity = await em.findOneOrFail(User, userId);
  const isOurs = entity.passwordHash === null && entity.externalId === null;
  em.assign(entity, {
    role: isLast ? before.role : (facts.role ?? before.role),
    ...(isOurs && { name: facts.name || before.name, email: await addressFor(tx, ctx, before, facts) }),
  });
  await em.flush();
  await settleGroups(tx, ctx, userId, facts);
  const [user = before] = await usersByIds(tx, [userId]);
  if (user.version === before.version) return { userId, endsTokens: false };
  return { userId, endsTokens: await settleChange(tx, ctx, 'user.applyProvider', before, user) };
}

async function addressFor(
  tx: Queryable,
  ctx: Ctx,
  before: UserRow,
  { email, issuer }: ProvidedFacts,
): Promise<string> {
  if (email === null || email === before.email) return before.email;
  const isTaken = (await accountByEmail(tx, email)) !== null;
  if (!isTaken) return email;
  ctx.log.warn(
    { userId: before.id, issuer },
    'another account has the address that the provider gives a person',
  );
  return before.email;
}
