import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type IdentityRow,
  linkIdentity,
  takeLinkPermit,
  userOfIdentity,
} from '../../sql/identities/identities.js';
import { tellPerson } from '../../sql/notifications/tell-person.js';
import type { Queryable } from '../../sql/statement.js';
import { isErasedIdentity } from '../../sql/users/erasure.js';
import { lockUser } from '../../sql/users/user-lock.js';
import { accountByEmail } from '../../sql/users/user-password.js';
import type { Ctx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { addUser } from './add-user.js';
import { applyProvidedFacts } from './apply-provided-facts.js';
import type { Admitted, ProvidedFacts } from './provided-facts.js';

/**
 * Finds or makes the person of an identity, and applies what the provider decides, all of it audited. The identity is
 * issuer and subject; the address makes nobody anybody: an account that has it is linked only where an administrator
 * has permitted that, and never taken over by whoever came to have its address.
 * @throws a unique violation (SQLSTATE 23505) when the same person is made elsewhere at this moment
 */
export async function admitProvidedPerson(
  em: EntityManager,
  tx: Queryable,
  ctx: Ctx,
  facts: ProvidedFacts,
): Promise<Admitted> {
  const known = await userOfIdentity(tx, facts.issuer, facts.subject);
  if (known) return applyProvidedFacts(em, tx, ctx, known, facts);
  const { email } = facts;
  if (email === null) return { refused: 'NO_ADDRESS' };
  const account = await accountByEmail(tx, email);
  if (account) return linkPermitted(em, tx, ctx, account, facts);
  if (!facts.addsPeople) return { refused: 'UNKNOWN' };
  if (await isErasedIdentity(tx, facts.issuer, facts.subject)) {
    ctx.log.warn(
      {},
      'somebody who was erased here signs in at the provider; add the person anew to let them in',
    );
    return { refused: 'UNKNOWN' };
  }
  const row = { email, name: facts.name || email, role: facts.firstRole };
  const { id } = await addUser(em, tx, ctx, { ...row, timeZone: 'UTC', passwordHash: null });
  await recordLink(tx, ctx, id, facts);
  return applyProvidedFacts(em, tx, ctx, id, facts);
}

async function linkPermitted(
  em: EntityManager,
  tx: Queryable,
  ctx: Ctx,
  account: { readonly id: string; readonly isActive: boolean },
  facts: ProvidedFacts,
): Promise<Admitted> {
  if (!account.isActive) return { refused: 'CLOSED' };
  // in the order of whoever demotes administrators, which the facts may do as well
  await lockUser(tx, account.id, true);
  if (!(await takeLinkPermit(tx, ctx.clock.fixed(), account.id))) return { refused: 'ACCOUNT_EXISTS' };
  const linked = await recordLink(tx, ctx, account.id, facts);
  return linked ? applyProvidedFacts(em, tx, ctx, account.id, facts) : { refused: 'ACCOUNT_EXISTS' };
}

/**
 * Links an identity to the person, audits it and tells the person.
 * @returns null where it is somebody's already, or the person has another one there
 */
export async function recordLink(
  tx: Queryable,
  ctx: Ctx,
  userId: string,
  { issuer, subject, email }: Pick<ProvidedFacts, 'issuer' | 'subject' | 'email'>,
): Promise<IdentityRow | null> {
  const now = ctx.clock.fixed();
  const linked = await linkIdentity(tx, now, { issuer, subject, userId, email });
  if (!linked) return null;
  const { address } = ctx;
  await recordAudit(tx, ctx, {
    action: 'user.linkIdentity',
    subjectId: userId,
    actorId: userId,
    after: { issuer, subject, email },
  });
  const what = email === null ? issuer : `${email} (${issuer})`;
  await tellPerson(tx, now, { userId, kind: 'IDENTITY_LINKED', actorId: null, address, what });
  return linked;
}
