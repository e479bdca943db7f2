import { lockChallenge, spendChallenge } from '../../../sql/factors/challenge.js';
import { tellPerson } from '../../../sql/notifications/tell-person.js';
import { findPasskey, type PasskeyKey, usePasskey } from '../../../sql/passkeys/passkeys.js';
import type { Queryable } from '../../../sql/statement.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { recordAudit } from '../../audit/record.js';
import { challengeHash } from '../factors/challenge-token.js';
import type { AuthCtx } from '../identity.js';
import { isHandleOf, readAnswer, verifyAssertion } from './webauthn.js';

/**
 * Judges what a passkey has signed, and spends the challenge: each counts once. A key whose own count has not grown is
 * refused as a copy (WebAuthn Level 3, 6.1.1); that is audited, and the person is told, though nothing else comes of it.
 * @param text what the browser has given, as JSON
 * @param wanted whose passkey it must be; null: anybody's, who must then be seen by the authenticator
 * @returns the bare id of its owner, or null where it proves nothing, which the audit is told
 */
export async function judgePasskey(
  tx: Queryable,
  ctx: AuthCtx,
  text: string,
  wanted: string | null,
): Promise<string | null> {
  const judged = await judge(tx, ctx, text, wanted);
  if ('userId' in judged) return judged.userId;
  const { reason, of } = judged;
  ctx.identity.security.note(ctx, {
    action: 'security.passkeyRefused',
    reason,
    ...(of !== undefined && { userId: of }),
  });
  return null;
}

interface Refusal {
  readonly reason: 'NOT_ANSWERED' | 'UNKNOWN_PASSKEY' | 'WRONG_SIGNATURE' | 'COPIED';
  /** Whose it would be, where that is known. */
  readonly of?: string;
}

async function judge(
  tx: Queryable,
  ctx: AuthCtx,
  text: string,
  wanted: string | null,
): Promise<{ readonly userId: string } | Refusal> {
  const { passkeys } = ctx.identity;
  const whose = wanted === null ? {} : { of: wanted };
  const answer = readAnswer(text);
  const hash = answer && challengeHash(answer.challenge);
  if (!passkeys || !answer || !hash) return { reason: 'NOT_ANSWERED', ...whose };
  const asked = await lockChallenge(tx, ctx.clock.fixed(), hash, 'PASSKEY_USE');
  if (asked?.userId !== wanted) return { reason: 'NOT_ANSWERED', ...whose };
  const key = await lockOwner(tx, answer.credentialId);
  if (!key || (wanted !== null && key.userId !== wanted) || !isHandleOf(answer, key.userId))
    return { reason: 'UNKNOWN_PASSKEY', ...whose };
  const count = await verifyAssertion(passkeys, answer, key.publicKey, wanted === null);
  if (count === null) return { reason: 'WRONG_SIGNATURE', of: key.userId };
  await spendChallenge(tx, asked.hash);
  return (await take(tx, ctx, key, count)) ? { userId: key.userId } : { reason: 'COPIED', of: key.userId };
}

/** Locks the owner, under whom no passkey changes. */
async function lockOwner(tx: Queryable, credentialId: Buffer): Promise<PasskeyKey | null> {
  const key = await findPasskey(tx, credentialId);
  if (!key) return null;
  await lockUser(tx, key.userId, false);
  return findPasskey(tx, credentialId);
}

async function take(tx: Queryable, ctx: AuthCtx, key: PasskeyKey, count: number): Promise<boolean> {
  const now = ctx.clock.fixed();
  if (await usePasskey(tx, now, key.id, count)) return true;
  const { id: passkeyId, userId, name } = key;
  const { address } = ctx;
  ctx.log.warn({ userId, passkeyId, address }, 'refused a passkey that seems to be a copy');
  await recordAudit(tx, ctx, {
    action: 'user.refusePasskey',
    subjectId: userId,
    after: { passkeyId, name, count, address },
  });
  await tellPerson(tx, now, { userId, kind: 'PASSKEY_COPIED', actorId: null, address, what: name });
  return false;
}
