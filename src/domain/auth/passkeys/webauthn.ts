import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { PasskeyHandle } from '../../../sql/passkeys/passkeys.js';
import type { RelyingParty } from './relying-party.js';

/** How long browsers let people take, in ms; the challenge lives as long. */
export const ANSWER_MS = 300_000;

type Creation = Parameters<typeof verifyRegistrationResponse>[0]['response'];
type Assertion = Parameters<typeof verifyAuthenticationResponse>[0]['response'];

const bytes = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'));

/** The person as authenticators know them: the bytes of the id, which say nothing about anybody. */
const handleOf = (userId: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex'));

const shown = ({ credentialId, transports }: PasskeyHandle) => ({
  id: credentialId.toString('base64url'),
  transports: [...transports],
});

/** What a page hands to `navigator.credentials.create`, as JSON. */
export async function creationOptions(
  { id: rpID }: RelyingParty,
  challenge: string,
  person: { readonly id: string; readonly email: string; readonly name: string },
  known: readonly PasskeyHandle[],
): Promise<string> {
  const options = await generateRegistrationOptions({
    rpName: 'Holdfast',
    rpID,
    challenge: bytes(challenge),
    userID: handleOf(person.id),
    userName: person.email,
    userDisplayName: person.name,
    timeout: ANSWER_MS,
    excludeCredentials: known.map(shown),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  return JSON.stringify(options);
}

/** What a page hands to `navigator.credentials.get`, as JSON; without handles the person chooses among all of ours. */
export async function requestOptions(
  { id: rpID }: RelyingParty,
  challenge: string,
  handles: readonly PasskeyHandle[],
): Promise<string> {
  const options = await generateAuthenticationOptions({
    rpID,
    challenge: bytes(challenge),
    timeout: ANSWER_MS,
    userVerification: handles.length > 0 ? 'preferred' : 'required',
    ...(handles.length > 0 && { allowCredentials: handles.map(shown) }),
  });
  return JSON.stringify(options);
}

/** What has come back from an authenticator, as far as it can be read without believing it. */
export interface Answer {
  readonly challenge: string;
  readonly credentialId: Buffer;
  /** Whom it takes the owner for; null where it does not say. */
  readonly userHandle: string | null;
  readonly json: unknown;
}

/** Reads the JSON of `PublicKeyCredential.toJSON()`; null for anything else. */
export function readAnswer(text: string): Answer | null {
  try {
    const json = JSON.parse(text);
    const client = JSON.parse(Buffer.from(json.response.clientDataJSON, 'base64url').toString());
    const { userHandle } = json.response;
    if (typeof client.challenge !== 'string' || typeof json.id !== 'string') return null;
    return {
      challenge: client.challenge,
      credentialId: Buffer.from(json.id, 'base64url'),
      userHandle: typeof userHandle === 'string' ? userHandle : null,
      json,
    };
  } catch {
    return null;
  }
}

/** Whether the authenticator takes this person for the owner, or says nothing about it. */
export const isHandleOf = ({ userHandle }: Answer, userId: string): boolean =>
  userHandle === null || Buffer.from(userHandle, 'base64url').equals(handleOf(userId));

/** A key that has proved to be there. */
export interface CreatedKey extends PasskeyHandle {
  readonly publicKey: Buffer;
  readonly signCount: number;
}

/** The new key, or null where the answer is not to this challenge, not from a page of ours, or no right one. */
export async function verifyCreation(
  { id, origins }: RelyingParty,
  { json, challenge }: Answer,
): Promise<CreatedKey | null> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: json as Creation,
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      requireUserVerification: false,
    });
    if (!registrationInfo) return null;
    const { credential } = registrationInfo;
    return {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      signCount: credential.counter,
      transports: (credential.transports ?? []).filter((each) => typeof each === 'string'),
    };
  } catch {
    return null;
  }
}

/**
 * Judges a signature.
 * @param needsVerification whether the authenticator must have seen who holds it, by a PIN or a finger
 * @returns the authenticator's own count of signatures, or null where the signature proves nothing
 */
export async function verifyAssertion(
  { id, origins }: RelyingParty,
  { json, challenge, credentialId }: Answer,
  publicKey: Buffer,
  needsVerification: boolean,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: json as Assertion,
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      // the count is compared where it is kept, by the statement that moves it
      credential: {
        id: credentialId.toString('base64url'),
        publicKey: new Uint8Array(publicKey),
        counter: 0,
      },
      requireUserVerification: needsVerification,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}
