import { insertChallenge } from '../../../sql/factors/challenge.js';
import type { Proof } from '../first-factor.js';
import type { AuthCtx } from '../identity.js';
import { newChallenge } from './challenge-token.js';
import type { FactorMethod } from './factor-failure.js';
import { factorsOfPerson, lacksFactor, methodsOf } from './factor-reader.js';

/** The password was right, and is not enough. */
export interface SecondFactorRequired {
  readonly kind: 'SecondFactorRequired';
  readonly message: string;
  readonly path: readonly string[];
  readonly challenge: string;
  readonly challengeExpiresAt: Date;
  /** Empty where the person has none yet: see mustEnrol. */
  readonly methods: readonly FactorMethod[];
  /** The person's role demands a second factor, and there is none: it is enrolled before the session begins. */
  readonly mustEnrol: boolean;
}

const LIFETIME_SECONDS = 300;

/**
 * Asks whoever has proved to know the password for the second factor, where there is one or must be one.
 * @param account as it was named at the sign-in
 * @returns the challenge to answer, or null where the password is enough
 */
export async function askSecondFactor(
  ctx: AuthCtx,
  proof: Proof,
  account: string,
): Promise<SecondFactorRequired | null> {
  const factors = await factorsOfPerson(ctx.db, proof.id);
  const methods = factors ? methodsOf(factors) : [];
  const mustEnrol = factors !== null && lacksFactor(ctx.identity.secondFactorRoles, factors);
  if (methods.length === 0 && !mustEnrol) return null;
  const { challenge, hash } = newChallenge('hfc_');
  const { id: userId, passwordHash } = proof;
  const asked = { hash, purpose: 'SECOND_FACTOR', userId, passwordHash, facts: { account } } as const;
  const expiresAtMs = await insertChallenge(ctx.db, ctx.clock.fixed(), asked, LIFETIME_SECONDS);
  const challengeExpiresAt = new Date(expiresAtMs);
  const message = mustEnrol ? 'Your role demands a second factor. Add one now.' : 'Prove the second factor.';
  return {
    kind: 'SecondFactorRequired',
    message,
    path: [],
    challenge,
    challengeExpiresAt,
    methods,
    mustEnrol,
  };
}
