import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { KeySeal } from '../auth/key-seal.js';

const BYTES = 32;

/** What a webhook's secrets are bound to, so that one sealed for another webhook does not open. */
const nameOf = (webhookId: string): string => `webhook ${webhookId}`;

/** A new secret of the form that Standard Webhooks asks for (`whsec_` and base64), and the same sealed. */
export function newSecret(
  seal: KeySeal,
  webhookId: string,
): { readonly secret: string; readonly sealed: Buffer } {
  const secret = `whsec_${randomBytes(BYTES).toString('base64')}`;
  return { secret, sealed: seal.seal(nameOf(webhookId), secret) };
}

/** The headers of Standard Webhooks; each secret signs along. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signs a message with every secret that opens, the present one first.
 * @param id what tells the receiver that a message comes again
 * @returns null where the present secret was sealed with another HOLDFAST_SECRET
 */
export function signWith(
  seal: KeySeal,
  webhookId: string,
  [present, ...older]: readonly [Buffer, ...Buffer[]],
  message: { readonly id: string; readonly sentAtMs: number; readonly body: string },
): SignedHeaders | null {
  const open = (sealed: Buffer) => seal.open(nameOf(webhookId), sealed);
  const secret = open(present);
  if (secret === null) return null;
  const secrets = [secret, ...older.map(open).filter((old) => old !== null)];
  const at = new Date(message.sentAtMs);
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(message.sentAtMs / 1000)),
    'webhook-signature': secrets
      .map((each) => new Webhook(each).sign(message.id, at, message.body))
      .join(' '),
  };
}
