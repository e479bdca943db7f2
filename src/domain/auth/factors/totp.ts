import { Secret, TOTP } from 'otpauth';
import { newId } from '../../ids.js';
import type { KeySeal } from '../key-seal.js';

/** What RFC 6238 and every app take for granted: SHA-1, 6 digits, 30 s. */
const PERIOD_SECONDS = 30;
/** Time steps before and behind the present one whose codes count, for clocks that are a little off. */
const WINDOW = 1;
const ISSUER = 'Holdfast';
const CODE = /^\d{6}$/;

/** What an app's secret is bound to, so that one sealed for another app does not open. */
const nameOf = (id: string): string => `totp ${id}`;

/** A secret for an app: to be typed, to be shown as a QR code, and as it is kept. */
export interface NewTotp {
  readonly id: string;
  /** Base32. */
  readonly secret: string;
  /** otpauth://totp/… */
  readonly uri: string;
  readonly sealed: Buffer;
}

/** A new secret of 160 random bits (RFC 4226, 4), named after the account in the app. */
export function newTotp(seal: KeySeal, account: string): NewTotp {
  const id = newId();
  const secret = new Secret({ size: 20 });
  const uri = new TOTP({ issuer: ISSUER, label: account, secret }).toString();
  return { id, secret: secret.base32, uri, sealed: seal.seal(nameOf(id), secret.base32) };
}

/**
 * The time step whose code this is, at that instant (ms).
 * @returns null for any other text, and where the secret was sealed with another HOLDFAST_SECRET
 */
export function stepOf(
  seal: KeySeal,
  { id, sealed }: Pick<NewTotp, 'id' | 'sealed'>,
  code: string,
  nowMs: number,
): number | null {
  const token = code.replace(/\s/g, '');
  const base32 = CODE.test(token) ? seal.open(nameOf(id), sealed) : null;
  if (base32 === null) return null;
  const secret = Secret.fromBase32(base32);
  const delta = TOTP.validate({ token, secret, period: PERIOD_SECONDS, timestamp: nowMs, window: WINDOW });
  return delta === null ? null : TOTP.counter({ period: PERIOD_SECONDS, timestamp: nowMs }) + delta;
}
