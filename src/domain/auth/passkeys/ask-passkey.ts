import { insertChallenge } from '../../../sql/factors/challenge.js';
import { passkeyHandles } from '../../../sql/passkeys/passkeys.js';
import type { NotFound } from '../../failure.js';
import { type TooManyAttempts, tooManyAttempts } from '../auth-failure.js';
import { newChallenge } from '../factors/challenge-token.js';
import { type ChallengeRefused, challengeRefused } from '../factors/factor-failure.js';
import { findPersonsChallenge } from '../factors/locked-challenge.js';
import type { AuthCtx } from '../identity.js';
import { originOf } from '../sign-in-throttle.js';
import { noPasskeys } from './passkey-failure.js';
import { areTooManyAsks } from './relying-party.js';
import { ANSWER_MS, requestOptions } from './webauthn.js';

/**
 * Asks for a passkey: of whoever answers a challenge of signIn, or of the viewer, or of anybody who wants to sign in
 * with one.
 * @returns what the page hands to the browser, ChallengeRefused, TooManyAttempts, or NotFound where there are no
 *   passkeys
 */
export async function askPasskey(
  ctx: AuthCtx,
  input: { readonly challenge?: string | null | undefined },
): Promise<{ readonly options: string } | ChallengeRefused | TooManyAttempts | NotFound> {
  const { passkeys, passkeyAsks } = ctx.identity;
  if (!passkeys) return noPasskeys();
  const { count, msLeft } = await passkeyAsks.add(originOf(ctx.address));
  if (areTooManyAsks(count)) return tooManyAttempts(Math.max(1, Math.ceil(msLeft / 1000)));
  return ctx.db.transaction(async (tx) => {
    const signIn =
      input.challenge == null ? null : await findPersonsChallenge(tx, ctx, input.challenge, 'SECOND_FACTOR');
    if (input.challenge != null && !signIn) return challengeRefused();
    const userId = signIn?.userId ?? ctx.viewer?.userId ?? null;
    const handles = userId === null ? [] : await passkeyHandles(tx, userId);
    const { challenge, hash } = newChallenge();
    const asked = { hash, purpose: 'PASSKEY_USE', userId, passwordHash: null, facts: null } as const;
    await insertChallenge(tx, ctx.clock.fixed(), asked, ANSWER_MS / 1000);
    return { options: await requestOptions(passkeys, challenge, handles) };
  });
}
