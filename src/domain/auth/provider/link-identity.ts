import type { ProvidedPerson } from '../../../ports/identity-provider.js';
import { type ChallengePurpose, insertChallenge, spendChallenge } from '../../../sql/factors/challenge.js';
import {
  type IdentityRow,
  permitLink,
  unlinkIdentity as unlink,
} from '../../../sql/identities/identities.js';
import { tellPerson } from '../../../sql/notifications/tell-person.js';
import type { Queryable } from '../../../sql/statement.js';
import { isPerson } from '../../../sql/users/is-person.js';
import type { UserRow } from '../../../sql/users/user-columns.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { accountById } from '../../../sql/users/user-password.js';
import type { ViewerCtx } from '../../act.js';
import { recordAudit } from '../../audit/record.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../../failure.js';
import { recordLink } from '../../users/admit-provided-person.js';
import { newChallenge } from '../factors/challenge-token.js';
import { type ChallengeRefused, challengeRefused, type ProofRequired } from '../factors/factor-failure.js';
import { lockPersonsChallenge } from '../factors/locked-challenge.js';
import { requireProof } from '../factors/require-proof.js';
import type { AuthCtx, AuthViewerCtx } from '../identity.js';

/** The identity is somebody else's, or the viewer has another one there. */
export interface IdentityTaken {
  readonly kind: 'IdentityTaken';
  readonly message: string;
  readonly path: readonly string[];
}

const identityTaken = (): IdentityTaken => ({
  kind: 'IdentityTaken',
  message: 'This identity is linked to another account, or yours has another one there.',
  path: ['code'],
});

const LIFETIME_SECONDS = 600;
const PERMIT_SECONDS = 7 * 86_400;

async function ask(
  db: Queryable,
  ctx: AuthCtx,
  purpose: ChallengePurpose,
  userId: string,
  facts: object | null,
): Promise<string> {
  const { challenge, hash } = newChallenge('hfc_');
  const asked = { hash, purpose, userId, passwordHash: null, facts };
  await insertChallenge(db, ctx.clock.fixed(), asked, LIFETIME_SECONDS);
  return challenge;
}

/**
 * Lets the viewer's browser fetch an identity from the provider. Two steps guard both sides: only the viewer can begin,
 * so nobody's identity ends up in the account of whoever sent them a link; and only the viewer can finish.
 * @returns the challenge that the visit begins with, or ProofRequired
 */
export const beginLink = (ctx: AuthViewerCtx): Promise<{ readonly challenge: string } | ProofRequired> =>
  ctx.db.transaction(async (tx) => {
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    return { challenge: await ask(tx, ctx, 'IDENTITY_LINK', ctx.viewer.userId, null) };
  });

/**
 * Keeps the identity that the browser has come back with, for the person who began.
 * @returns the code that confirmLink takes, or null where nobody began, or not lately
 */
export const keepFound = (ctx: AuthCtx, challenge: string, person: ProvidedPerson): Promise<string | null> =>
  ctx.db.transaction(async (tx) => {
    const asked = await lockPersonsChallenge(tx, ctx, challenge, 'IDENTITY_LINK');
    if (!asked) return null;
    await spendChallenge(tx, asked.hash);
    const { issuer, subject, email } = person;
    return ask(tx, ctx, 'IDENTITY_FOUND', asked.userId, { issuer, subject, email });
  });

/**
 * Links the identity that the viewer's browser has come back with.
 * @returns the identity, ChallengeRefused where it is not the viewer's to link or comes too late, ProofRequired, or
 *   IdentityTaken
 */
export const confirmLink = (
  ctx: AuthViewerCtx,
  input: { readonly code: string },
): Promise<IdentityRow | ChallengeRefused | ProofRequired | IdentityTaken> =>
  ctx.db.transaction(async (tx) => {
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    const found = await lockPersonsChallenge(tx, ctx, input.code, 'IDENTITY_FOUND');
    const { userId } = ctx.viewer;
    const note = () =>
      ctx.identity.security.note(ctx, { action: 'security.providerRefused', userId, reason: 'LINK' });
    if (found?.userId !== userId) {
      note();
      return { ...challengeRefused(), path: ['code'] };
    }
    await spendChallenge(tx, found.hash);
    const identity = found.facts as Pick<IdentityRow, 'issuer' | 'subject' | 'email'>;
    const linked = await recordLink(tx, ctx, userId, identity);
    if (!linked) note();
    return linked ?? identityTaken();
  });

/**
 * Takes an identity from the viewer's account, where there is another way to sign in.
 * @returns the identity that is gone, ProofRequired, NotFound, or InvalidInput where nothing else would be left
 */
export const unlinkIdentity = (
  ctx: AuthViewerCtx,
  input: { readonly issuer: string },
): Promise<IdentityRow | ProofRequired | NotFound | InvalidInput> =>
  ctx.db.transaction(async (tx) => {
    const { userId } = ctx.viewer;
    const { address } = ctx;
    await lockUser(tx, userId, false);
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    const account = await accountById(tx, userId);
    if (account?.passwordHash == null)
      return invalidInput(['issuer'], 'You have no password here: you could not sign in any more.');
    const gone = await unlink(tx, userId, input.issuer);
    if (!gone) return notFound(['issuer'], 'identity');
    const { issuer, subject, email } = gone;
    const before = { issuer, subject, email };
    await recordAudit(tx, ctx, { action: 'user.unlinkIdentity', subjectId: userId, before });
    const news = { userId, kind: 'IDENTITY_UNLINKED', actorId: null, address, what: issuer } as const;
    await tellPerson(tx, ctx.clock.fixed(), news);
    return gone;
  });

/**
 * Lets whoever proves the address of this account at the provider link it, once within a week. For administrators, who
 * prove first who sits there.
 * @returns the person, ProofRequired, or NotFound
 */
export const permitIdentity = (
  ctx: ViewerCtx,
  input: { readonly id: string },
): Promise<UserRow | ProofRequired | NotFound> =>
  ctx.db.transaction(async (tx) => {
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    const { user } = await lockUser(tx, input.id, false);
    if (!user || !(await isPerson(tx, user.id))) return notFound(['id'], 'user');
    await permitLink(tx, ctx.clock.fixed(), user.id, PERMIT_SECONDS);
    await recordAudit(tx, ctx, { action: 'user.permitIdentity', subjectId: user.id });
    return user;
  });
