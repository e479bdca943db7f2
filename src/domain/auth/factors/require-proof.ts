import { isProved } from '../../../sql/sessions/session-prove.js';
import type { Queryable } from '../../../sql/statement.js';
import type { ViewerCtx } from '../../act.js';
import type { ProofMethod, ProofRequired } from './factor-failure.js';
import { factorsOfPerson, methodsOf } from './factor-reader.js';

/** How long a proof counts for what changes how somebody signs in. */
export const PROOF_SECONDS = 600;

/** How the person can prove anew: by a factor; else the password; whoever has neither here signs in anew. */
export async function proofMethods(db: Queryable, userId: string): Promise<readonly ProofMethod[]> {
  const factors = await factorsOfPerson(db, userId);
  const methods = factors ? methodsOf(factors) : [];
  if (methods.length > 0) return methods;
  return [factors?.hasPassword ? 'PASSWORD' : 'SIGN_IN'];
}

/**
 * An open screen is no proof of who sits there, so whatever changes how somebody signs in, or makes an administrator,
 * wants a proof of the last ten minutes: a sign-in, or proveSession. Where a program asks, nobody sits there.
 * @returns null where there is one
 */
export async function requireProof(tx: Queryable, ctx: ViewerCtx): Promise<ProofRequired | null> {
  const { userId, sessionId, client } = ctx.viewer;
  if (client) return { kind: 'ProofRequired', message: 'This is for people alone.', path: [], methods: [] };
  if (await isProved(tx, ctx.clock.fixed(), sessionId, PROOF_SECONDS)) return null;
  const message = 'Prove first that it is you: sessionProve, or sign in anew.';
  return { kind: 'ProofRequired', message, path: [], methods: await proofMethods(tx, userId) };
}
