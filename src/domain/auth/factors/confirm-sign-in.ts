import { spendChallenge } from '../../../sql/factors/challenge.js';
import { forgiveGuesses } from '../../../sql/factors/factor-guess.js';
import type { Queryable } from '../../../sql/statement.js';
import type { InvalidInput } from '../../failure.js';
import { type SignInRefused, signInRefused, type TooManyAttempts } from '../auth-failure.js';
import type { AuthCtx } from '../identity.js';
import { judgePasskey } from '../passkeys/judge-passkey.js';
import {
  type BegunSession,
  beginSignIn,
  endSignIn,
  type NewlySignedIn,
  type SignInAttempt,
} from '../sign-in.js';
import { confirmBegun } from './confirm-totp.js';
import {
  type ChallengeRefused,
  challengeRefused,
  checkOneGiven,
  type FactorRefused,
  factorRefused,
} from './factor-failure.js';
import { factorsOfPerson, methodsOf } from './factor-reader.js';
import { judgeGuess } from './guessing.js';
import { judgeCode } from './judge-code.js';
import { findPersonsChallenge, lockPersonsChallenge, type PersonsChallenge } from './locked-challenge.js';

export interface SecondProof {
  readonly challenge: string;
  /** Of the app, or a recovery code. */
  readonly code?: string | null | undefined;
  /** What the browser has given for a passkey, as JSON; in place of a code. */
  readonly passkey?: string | null | undefined;
  /** As at signIn. */
  readonly deviceToken?: string | null;
}

/** The session that has begun, with the recovery codes that its beginning has made: none where there was a factor. */
export interface SignInConfirmed extends NewlySignedIn {
  readonly recoveryCodes: readonly string[];
}

type Refusal = InvalidInput | ChallengeRefused | FactorRefused | SignInRefused | TooManyAttempts;

/**
 * Opens the session of whoever knew the password and proves the second factor now, or confirms by a first code the
 * one that was begun by enrolAtSignIn. The challenge is spent by a right answer; wrong ones leave it.
 * @returns the tokens, ChallengeRefused, FactorRefused, TooManyAttempts, or SignInRefused where the account has been
 *   closed or has another password by now
 */
export async function confirmSignIn(ctx: AuthCtx, input: SecondProof): Promise<SignInConfirmed | Refusal> {
  const refusal = checkOneGiven({ code: input.code, passkey: input.passkey });
  if (refusal) return refusal;
  const asked = await findPersonsChallenge(ctx.db, ctx, input.challenge, 'SECOND_FACTOR');
  if (!asked) return challengeRefused();
  const { account } = asked.facts as { readonly account: string };
  const attempt = ctx.identity.devices.attempt(ctx, account, input.deviceToken ?? null);
  const guess = input.code ?? null;
  const judged = await judgeGuess(ctx, asked.userId, guess, 'security.factorRefused', () =>
    judge(ctx, input, attempt),
  );
  if (judged === null) return factorRefused([input.code == null ? 'passkey' : 'code']);
  if ('kind' in judged) {
    if (judged.kind === 'SignInRefused')
      ctx.identity.security.note(ctx, { action: 'security.signInRefused', userId: asked.userId });
    return judged;
  }
  return { ...(await endSignIn(ctx, judged, attempt)), recoveryCodes: judged.recoveryCodes };
}

interface Begun extends BegunSession {
  readonly recoveryCodes: readonly string[];
}

/** Rolls back what somebody has proved whose account has another password by now, or is closed. */
class Outdated extends Error {}

const judge = (
  ctx: AuthCtx,
  input: SecondProof,
  attempt: SignInAttempt,
): Promise<Begun | ChallengeRefused | SignInRefused | null> =>
  ctx.db
    .transaction(async (tx) => {
      const asked = await lockPersonsChallenge(tx, ctx, input.challenge, 'SECOND_FACTOR');
      if (!asked) return challengeRefused();
      const recoveryCodes = await proven(tx, ctx, asked, input);
      if (!recoveryCodes) return null;
      await spendChallenge(tx, asked.hash);
      await forgiveGuesses(tx, asked.userId);
      const proof = { id: asked.userId, passwordHash: asked.passwordHash };
      const begun = await beginSignIn(tx, ctx, proof, attempt);
      // What was proved meanwhile counts no more: neither the factor nor the code may stay behind.
      if (!begun) throw new Outdated();
      return { ...begun, recoveryCodes };
    })
    .catch((error: unknown) => {
      if (error instanceof Outdated) return signInRefused();
      throw error;
    });

/** The recovery codes that the proof has made, or null where it proves nothing. */
async function proven(
  tx: Queryable,
  ctx: AuthCtx,
  { userId }: PersonsChallenge,
  { code, passkey }: SecondProof,
): Promise<readonly string[] | null> {
  if (passkey != null) return (await judgePasskey(tx, ctx, passkey, userId)) ? [] : null;
  if (code == null) return null;
  const factors = await factorsOfPerson(tx, userId);
  if (factors && methodsOf(factors).length === 0) return confirmBegun(tx, ctx, userId, code);
  return (await judgeCode(tx, ctx, userId, code)) ? [] : null;
}
