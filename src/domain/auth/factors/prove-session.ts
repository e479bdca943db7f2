import { forgiveGuesses } from '../../../sql/factors/factor-guess.js';
import { proveSession as prove } from '../../../sql/sessions/session-prove.js';
import type { Queryable } from '../../../sql/statement.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { accountById } from '../../../sql/users/user-password.js';
import { recordAudit } from '../../audit/record.js';
import type { InvalidInput } from '../../failure.js';
import { MOST_PASSWORD } from '../../users/password-policy.js';
import type { TooManyAttempts } from '../auth-failure.js';
import type { AuthViewerCtx } from '../identity.js';
import { judgePasskey } from '../passkeys/judge-passkey.js';
import { checkOneGiven, type FactorRefused, factorRefused, type ProofMethod } from './factor-failure.js';
import { factorsOfPerson, methodsOf } from './factor-reader.js';
import { judgeGuess } from './guessing.js';
import { judgeCode } from './judge-code.js';
import { PROOF_SECONDS } from './require-proof.js';

export interface FreshProof {
  readonly code?: string | null | undefined;
  /** What the browser has given for a passkey, as JSON. */
  readonly passkey?: string | null | undefined;
  /** Counts only where the person has no second factor. */
  readonly password?: string | null | undefined;
}

/** Until when the viewer may change how they sign in. */
export interface SessionProved {
  readonly provedUntilAt: Date;
}

/**
 * Lets the viewer prove again to sit there, by a second factor or, where there is none, by the password here.
 * @returns until when that counts, FactorRefused, TooManyAttempts, or what is wrong with the input
 */
export async function proveSession(
  ctx: AuthViewerCtx,
  input: FreshProof,
): Promise<SessionProved | InvalidInput | FactorRefused | TooManyAttempts> {
  const { code, password, passkey } = input;
  const refusal = checkOneGiven({ code, password, passkey });
  if (refusal) return refusal;
  const { userId } = ctx.viewer;
  const guess = code ?? password ?? null;
  const judged = await judgeGuess(ctx, userId, guess, 'security.proofRefused', () => write(ctx, input));
  return judged ?? factorRefused([code != null ? 'code' : password != null ? 'password' : 'passkey']);
}

async function write(ctx: AuthViewerCtx, input: FreshProof): Promise<SessionProved | null> {
  const { userId, sessionId } = ctx.viewer;
  const isPassword = input.password != null && (await isPasswordEnough(ctx, input.password));
  return ctx.db.transaction(async (tx) => {
    await lockUser(tx, userId, false);
    const by = isPassword ? 'PASSWORD' : await byFactor(tx, ctx, input);
    if (!by) return null;
    const provedAtMs = await prove(tx, ctx.clock.fixed(), sessionId);
    if (provedAtMs === null) return null;
    await forgiveGuesses(tx, userId);
    await recordAudit(tx, ctx, { action: 'session.prove', subjectId: sessionId, after: { by } });
    return { provedUntilAt: new Date(provedAtMs + PROOF_SECONDS * 1000) };
  });
}

async function byFactor(
  tx: Queryable,
  ctx: AuthViewerCtx,
  { code, passkey }: FreshProof,
): Promise<ProofMethod | null> {
  const { userId } = ctx.viewer;
  if (passkey != null) return (await judgePasskey(tx, ctx, passkey, userId)) ? 'PASSKEY' : null;
  return code == null ? null : judgeCode(tx, ctx, userId, code);
}

async function isPasswordEnough(ctx: AuthViewerCtx, password: string): Promise<boolean> {
  if (password === '' || password.length > MOST_PASSWORD) return false;
  const { userId } = ctx.viewer;
  const factors = await factorsOfPerson(ctx.db, userId);
  const hash = (await accountById(ctx.db, userId))?.passwordHash ?? null;
  const isRight = await ctx.identity.hasher.verify(hash, password);
  return isRight && factors !== null && methodsOf(factors).length === 0;
}
