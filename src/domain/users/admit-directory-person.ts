import type { EntityManager } from '@mikro-orm/postgresql';
import type { Queryable } from '../../sql/statement.js';
import { isErasedExternal } from '../../sql/users/erasure.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import { type Candidate, externalCandidate } from '../../sql/users/user-external.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { Ctx, Role } from '../act.js';
import { addUser } from './add-user.js';
import { settleChange } from './settle-change.js';
import { User } from './user.entity.js';
import { checkEmail, checkUserName, normalEmail } from './user-policy.js';

/** What the directory decides about a person. */
export interface DirectoryFacts {
  readonly externalId: string;
  readonly email: string | null;
  readonly name: string;
  /** Of somebody who is new here. */
  readonly firstRole: Role;
  /** From now on; null leaves roles to the administrators here. */
  readonly role: Role | null;
}

export interface Admitted {
  readonly userId: string;
  /** Whether access tokens given out before must be looked at anew. */
  readonly endsTokens: boolean;
}

/**
 * Finds, links or makes the person whom the directory has vouched for, and applies address, name and role, all of
 * it audited; an address that another account has is left there. Who is linked to the directory's id is that person, whatever the address has become. Otherwise the
 * address links, but only to an account that has neither a password here nor another link: the directory does
 * not take over what somebody signs in to otherwise. The last active administrator keeps that role.
 * @returns null for whom the rule keeps out, and for closed accounts
 * @throws a unique violation (SQLSTATE 23505) when the same person is made elsewhere at this moment
 */
export async function admitDirectoryPerson(
  em: EntityManager,
  tx: Queryable,
  ctx: Ctx,
  facts: DirectoryFacts,
): Promise<Admitted | null> {
  const { externalId } = facts;
  const address = normalEmail(facts.email ?? '');
  const email = checkEmail(address, []) === null ? address : null;
  const name = checkUserName(facts.name, []) === null ? facts.name : email;
  const candidate = await externalCandidate(tx, externalId, email);
  if (candidate) return apply(em, tx, ctx, { ...facts, email, name: name ?? '' }, candidate);
  if (await isErasedExternal(tx, externalId)) {
    ctx.log.warn(
      {},
      'somebody who was erased here signs in by the directory; add the person anew to let them in',
    );
    return null;
  }
  if (email === null || name === null) {
    ctx.log.warn({ externalId }, 'the directory knows no usable email address of a person who signs in');
    return null;
  }
  const row = { email, name, role: facts.firstRole, timeZone: 'UTC', passwordHash: null, externalId };
  return { userId: (await addUser(em, tx, ctx, row)).id, endsTokens: false };
}

async function apply(
  em: EntityManager,
  tx: Queryable,
  ctx: Ctx,
  { externalId, email, name, role }: DirectoryFacts,
  candidate: Candidate,
): Promise<Admitted | null> {
  const { id: userId } = candidate;
  const demotes = candidate.role === 'ADMINISTRATOR' && role !== null && role !== 'ADMINISTRATOR';
  const { user: before, otherAdministrators } = await lockUser(tx, userId, demotes);
  const entity = await em.findOneOrFail(User, userId);
  if (!before?.isActive) return null;
  const linked = entity.externalId === externalId;
  if (entity.passwordHash !== null || !(linked || entity.externalId === null)) {
    ctx.log.warn({ userId, externalId }, 'the account of this address is not the directory’s');
    return null;
  }
  const isLast = before.role === 'ADMINISTRATOR' && otherAdministrators === 0;
  if (isLast && role !== null && role !== 'ADMINISTRATOR')
    ctx.log.warn({ userId }, 'the last administrator keeps a role that the directory has taken away');
  if (candidate.isAddressTaken)
    ctx.log.warn({ userId, externalId }, 'another account has the address that the directory gives a person');
  em.assign(entity, {
    externalId,
    email: candidate.isAddressTaken ? before.email : (email ?? before.email),
    name: name.trim() || before.name,
    role: isLast ? before.role : (role ?? before.role),
  });
  await em.flush();
  const [user = before] = await usersByIds(tx, [userId]);
  if (user.version === before.version) return { userId, endsTokens: false };
  const more = linked ? {} : { externalId };
  return { userId, endsTokens: await settleChange(tx, ctx, 'user.applyDirectory', before, user, more) };
}
