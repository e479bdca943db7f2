import { SQLSTATE, sqlstateOf } from '../../../sql/sqlstate.js';
import { accountById } from '../../../sql/users/user-password.js';
import { admitProvidedPerson } from '../../users/admit-provided-person.js';
import type { Admitted, NotAdmitted, ProvidedFacts } from '../../users/provided-facts.js';
import { beginSession } from '../begin-session.js';
import type { AuthCtx } from '../identity.js';
import { newRefreshToken } from '../refresh-token.js';
import { type SignedIn, signedIn } from '../sign-in.js';
import { keepFound } from './link-identity.js';
import { factsOf, type ProviderSignIn } from './provider-sign-in.js';
import { openVisit } from './visit.js';

/** NOT_ANSWERED: what has come back is no right answer to what was asked, or comes too late. */
export type NotSignedIn = NotAdmitted | 'NOT_ANSWERED';

export type FinishedVisit =
  | { readonly kind: 'SignedIn'; readonly signedIn: SignedIn; readonly returnTo: string }
  | { readonly kind: 'Found'; readonly code: string; readonly returnTo: string }
  | { readonly kind: 'Refused'; readonly reason: NotSignedIn };

/**
 * Ends a visit to the provider: opens the session of whoever it vouches for, with role and groups as it decides; or
 * keeps the identity for the person who wanted to link it.
 * @param callbackUrl where the browser has come back to, whole
 * @param sealed what the browser has kept; null where it has nothing
 * @returns where to go on; what is refused is told to the audit, too
 * @throws Unavailable when the provider does not answer within 5 s, or the database is away
 */
export async function finishVisit(
  ctx: AuthCtx,
  rules: ProviderSignIn,
  callbackUrl: string,
  sealed: string | null,
): Promise<FinishedVisit> {
  const refused = (reason: NotSignedIn, told: string = reason): FinishedVisit => {
    ctx.identity.security.note(ctx, { action: 'security.providerRefused', reason: told });
    return { kind: 'Refused', reason };
  };
  const visit = sealed === null ? null : openVisit(ctx.identity.seal, ctx.clock, sealed);
  if (!visit) return refused('NOT_ANSWERED', 'NOT_BEGUN');
  const person = await rules.provider.finish(callbackUrl, visit);
  if (!person) return refused('NOT_ANSWERED', 'WRONG_ANSWER');
  const { returnTo } = visit;
  if (visit.link !== null) {
    const code = await keepFound(ctx, visit.link, person);
    return code === null ? refused('NOT_ANSWERED', 'LINK') : { kind: 'Found', code, returnTo };
  }
  const facts = await factsOf(ctx.db, person, rules);
  const admitted = await admit(ctx, facts);
  if ('refused' in admitted) {
    const { issuer, subject } = facts;
    ctx.log.info({ issuer, subject, reason: admitted.refused, address: ctx.address }, 'refused a sign-in');
    return refused(admitted.refused);
  }
  const signedIn = await open(ctx, admitted.userId);
  return signedIn ? { kind: 'SignedIn', signedIn, returnTo } : refused('CLOSED');
}

/** Which password the account has says nothing about who signs in elsewhere. */
async function open(ctx: AuthCtx, userId: string): Promise<SignedIn | null> {
  const refreshToken = newRefreshToken();
  const renewal = await ctx.db.transaction(async (tx) => {
    const account = await accountById(tx, userId);
    return account && beginSession(tx, ctx, account, refreshToken);
  });
  return renewal && signedIn(ctx, renewal, refreshToken);
}

/** The second of two first sign-ins at once finds the person whom the other has made. */
async function admit(ctx: AuthCtx, facts: ProvidedFacts): Promise<Admitted> {
  const once = () => ctx.db.unitOfWork((em, tx) => admitProvidedPerson(em, tx, ctx, facts));
  let admitted: Admitted;
  try {
    admitted = await once();
  } catch (error) {
    if (sqlstateOf(error) !== SQLSTATE.uniqueViolation) throw error;
    admitted = await once();
  }
  if ('endsTokens' in admitted && admitted.endsTokens) ctx.bus.wake({ kind: 'sessions' });
  return admitted;
}
