import { insertChallenge, spendChallenge } from '../../../sql/factors/challenge.js';
import { tellPerson } from '../../../sql/notifications/tell-person.js';
import { insertPasskey, type PasskeyRow, passkeyHandles } from '../../../sql/passkeys/passkeys.js';
import type { Queryable } from '../../../sql/statement.js';
import { lockUser } from '../../../sql/users/user-lock.js';
import { recordAudit } from '../../audit/record.js';
import { type InvalidInput, invalidInput, type NotFound } from '../../failure.js';
import { newId } from '../../ids.js';
import { checkText } from '../../text.js';
import { newChallenge } from '../factors/challenge-token.js';
import { giveRecoveryCodes } from '../factors/confirm-totp.js';
import { type FactorRefused, factorRefused, type ProofRequired } from '../factors/factor-failure.js';
import { factorsOfPerson, methodsOf } from '../factors/factor-reader.js';
import { lockPersonsChallenge } from '../factors/locked-challenge.js';
import { requireProof } from '../factors/require-proof.js';
import type { AuthViewerCtx } from '../identity.js';
import { noPasskeys } from './passkey-failure.js';
import { ANSWER_MS, type CreatedKey, creationOptions, readAnswer, verifyCreation } from './webauthn.js';

const MOST_NAME = 100;
const MOST_PASSKEYS = 20;

export interface PasskeyAnswer {
  /** As its owner calls it. */
  readonly name: string;
  /** What the browser has given, as JSON. */
  readonly response: string;
}

export interface PasskeyAdded {
  readonly passkey: PasskeyRow;
  /** Where it is the first factor; empty otherwise. */
  readonly recoveryCodes: readonly string[];
}

/** What cannot be a passkey's name; null says that it is fine. */
export const checkPasskeyName = (name: string): InvalidInput | null =>
  checkText(name, ['name'], 1, MOST_NAME);

/**
 * Begins to add a passkey of the viewer's.
 * @returns what the page hands to the browser, ProofRequired, NotFound where there are no passkeys, or InvalidInput
 *   where there are twenty
 */
export async function beginPasskey(
  ctx: AuthViewerCtx,
): Promise<{ readonly options: string } | ProofRequired | NotFound | InvalidInput> {
  const { passkeys } = ctx.identity;
  if (!passkeys) return noPasskeys();
  const { userId } = ctx.viewer;
  return ctx.db.transaction(async (tx) => {
    const refusal = await requireProof(tx, ctx);
    if (refusal) return refusal;
    const { user } = await lockUser(tx, userId, false);
    if (!user) throw new Error('the viewer is not there');
    const known = await passkeyHandles(tx, userId);
    if (known.length >= MOST_PASSKEYS) return invalidInput([], `You have ${MOST_PASSKEYS} passkeys already.`);
    const { challenge, hash } = newChallenge();
    const asked = { hash, purpose: 'PASSKEY_ADD', userId, passwordHash: null, facts: null } as const;
    await insertChallenge(tx, ctx.clock.fixed(), asked, ANSWER_MS / 1000);
    return { options: await creationOptions(passkeys, challenge, user, known) };
  });
}

/**
 * Adds the passkey that the viewer's browser has made.
 * @returns the passkey, FactorRefused where it is no right answer to beginPasskey, NotFound where there are no
 *   passkeys, or what is wrong with the name
 */
export async function addPasskey(
  ctx: AuthViewerCtx,
  input: PasskeyAnswer,
): Promise<PasskeyAdded | FactorRefused | NotFound | InvalidInput> {
  const { passkeys } = ctx.identity;
  if (!passkeys) return noPasskeys();
  const wrong = checkPasskeyName(input.name);
  if (wrong) return wrong;
  const refused = factorRefused(['response']);
  const answer = readAnswer(input.response);
  if (!answer) return refused;
  return ctx.db.transaction(async (tx) => {
    const asked = await lockPersonsChallenge(tx, ctx, answer.challenge, 'PASSKEY_ADD');
    if (asked?.userId !== ctx.viewer.userId) return refused;
    const created = await verifyCreation(passkeys, answer);
    if (!created) return refused;
    await spendChallenge(tx, asked.hash);
    return (await keep(tx, ctx, input.name.trim(), created)) ?? refused;
  });
}

async function keep(
  tx: Queryable,
  ctx: AuthViewerCtx,
  name: string,
  created: CreatedKey,
): Promise<PasskeyAdded | null> {
  const { userId } = ctx.viewer;
  const { address } = ctx;
  const now = ctx.clock.fixed();
  const before = await factorsOfPerson(tx, userId);
  const passkey = await insertPasskey(tx, now, { ...created, id: newId(), userId, name });
  if (!passkey) return null;
  const after = { passkeyId: passkey.id, name, address };
  await recordAudit(tx, ctx, { action: 'user.addPasskey', subjectId: userId, after });
  await tellPerson(tx, now, { userId, kind: 'FACTOR_ADDED', actorId: null, address, what: name });
  const isFirst = before !== null && methodsOf(before).length === 0;
  return { passkey, recoveryCodes: isFirst ? await giveRecoveryCodes(tx, userId) : [] };
}
