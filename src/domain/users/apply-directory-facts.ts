import type { EntityManager } from '@mikro-orm/postgresql';
import { identitiesOf } from '../../sql/identities/identities.js';
import { settleMember } from '../../sql/people/members.js';
import type { Queryable } from '../../sql/statement.js';
import { usersByIds } from '../../sql/users/user-by-ids.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import type { Candidate } from '../../sql/users/user-external.js';
import { lockUser } from '../../sql/users/user-lock.js';
import type { Ctx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import type { DirectoryFacts } from './directory-facts.js';
import { settleChange } from './settle-change.js';
import { User } from './user.entity.js';

export interface Applied {
  readonly userId: string;
  /** Whether sessions and access tokens given out before must be looked at anew. */
  readonly endsTokens: boolean;
  readonly isChanged: boolean;
}

/**
 * Makes an account what the directory says: address (one that another account has is left there), name, role and
 * groups; closed while the person is gone from the directory, and open again when they are back, unless it was closed
 * here. Links the account where it is nobody's yet. The last active administrator stays one.
 * @returns null where the account is not the directory's, or was closed here
 */
export async function applyDirectoryFacts(
  em: EntityManager,
  tx: Queryable,
  ctx: Ctx,
  facts: DirectoryFacts,
  candidate: Pick<Candidate, 'id' | 'role' | 'isAddressTaken'>,
): Promise<Applied | null> {
  const { externalId, isGone } = facts;
  const { id: userId } = candidate;
  const stays = (role: UserRow['role']) => !isGone && (facts.role ?? role) === 'ADMINISTRATOR';
  const demotes = candidate.role === 'ADMINISTRATOR' && !stays(candidate.role);
  const { user: before, otherAdministrators } = await lockUser(tx, userId, demotes);
  if (!before) return null;
  const entity = await em.findOneOrFail(User, userId);
  const linked = entity.externalId === externalId;
  if (!before.isActive && !(linked && entity.closedByDirectory)) return null;
  const isFree = entity.externalId === null && (await identitiesOf(tx, [userId])).length === 0;
  if (entity.passwordHash !== null || !(linked || isFree)) {
    ctx.log.warn({ userId, externalId }, 'the account of this address is not the directory’s');
    return null;
  }
  const isLast = before.isActive && before.role === 'ADMINISTRATOR' && otherAdministrators === 0;
  if (isLast && !stays(before.role))
    ctx.log.warn({ userId }, 'the last administrator keeps what the directory has taken away');
  em.assign(entity, { externalId, ...wished(ctx, facts, candidate, before, isLast) });
  await em.flush();
  const regrouped = isGone ? false : await settleGroups(tx, ctx, userId, facts);
  const [user = before] = await usersByIds(tx, [userId]);
  if (user.version === before.version) return { userId, endsTokens: false, isChanged: regrouped };
  const more = linked ? {} : { externalId };
  const endsTokens = await settleChange(tx, ctx, 'user.applyDirectory', before, user, more);
  return { userId, endsTokens, isChanged: true };
}

function wished(
  ctx: Ctx,
  { externalId, email, name, role, isGone }: DirectoryFacts,
  { isAddressTaken }: Pick<Candidate, 'isAddressTaken'>,
  before: UserRow,
  isLast: boolean,
) {
  if (isGone) return { active: isLast, closedByDirectory: !isLast };
  if (isAddressTaken)
    ctx.log.warn(
      { userId: before.id, externalId },
      'another account has the address that the directory gives a person',
    );
  return {
    active: true,
    closedByDirectory: false,
    email: isAddressTaken ? before.email : (email ?? before.email),
    name: name || before.name,
    role: isLast ? before.role : (role ?? before.role),
  };
}

/** Puts a person into the wanted groups and takes them out of the others that the directory decides. */
export async function settleGroups(
  tx: Queryable,
  ctx: Ctx,
  userId: string,
  { groups: { decided, wanted } }: Pick<DirectoryFacts, 'groups'>,
): Promise<boolean> {
  if (decided.length === 0) return false;
  const changes = await settleMember(tx, userId, decided, wanted);
  for (const { groupId, isIn } of changes)
    await recordAudit(tx, ctx, {
      action: isIn ? 'group.membersAdd' : 'group.membersRemove',
      subjectId: groupId,
      after: { userIds: [userId] },
    });
  return changes.length > 0;
}
