import { beginTotp } from '../../../sql/factors/totp.js';
import type { Queryable } from '../../../sql/statement.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import type { AuthCtx, AuthViewerCtx } from '../identity.js';
import { type ChallengeRefused, challengeRefused, type ProofRequired } from './factor-failure.js';
import { factorsOfPerson, methodsOf } from './factor-reader.js';
import { lockPersonsChallenge } from './locked-challenge.js';
import { requireProof } from './require-proof.js';
import { newTotp } from './totp.js';

/** What goes into the app, shown this once. */
export interface TotpBegun {
  /** Base32, for typing. */
  readonly secret: string;
  /** otpauth://totp/…, for a QR code. */
  readonly uri: string;
}

/**
 * Makes a secret for an app of the viewer's. Nothing counts before confirmTotp: until then the app before it does.
 * @returns what goes into the app, or ProofRequired
 */
export const enrolTotp = (ctx: AuthViewerCtx): Promise<TotpBegun | ProofRequired> =>
  ctx.db.transaction(
    async (tx) => (await requireProof(tx, ctx)) ?? (await begin(tx, ctx, ctx.viewer.userId)),
  );

/**
 * The same for whoever knew the password, must have a second factor and has none: confirmSignIn with a first code
 * then confirms it and opens the session.
 */
export const enrolAtSignIn = (
  ctx: AuthCtx,
  input: { readonly challenge: string },
): Promise<TotpBegun | ChallengeRefused> =>
  ctx.db.transaction(async (tx) => {
    const asked = await lockPersonsChallenge(tx, ctx, input.challenge, 'SECOND_FACTOR');
    const factors = asked && (await factorsOfPerson(tx, asked.userId));
    if (!factors || methodsOf(factors).length > 0) return challengeRefused();
    return begin(tx, ctx, factors.userId);
  });

async function begin(tx: Queryable, ctx: AuthCtx, userId: string): Promise<TotpBegun> {
  const { user } = await lockUser(tx, userId, false);
  if (!user) throw new Error('the person is not there');
  const made = newTotp(ctx.identity.seal, user.email);
  await beginTotp(tx, ctx.clock.fixed(), userId, made);
  return { secret: made.secret, uri: made.uri };
}
