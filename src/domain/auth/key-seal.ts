import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const IV = 12;
const TAG = 16;

/** Seals private keys for the database: version, nonce, tag, ciphertext; bound to the key's own id. */
export class KeySeal {
  private readonly key: Buffer;

  /** @param secret any text of enough entropy; the sealing key is derived from it (RFC 5869) */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'holdfast signing keys v1', 32));
  }

  seal(kid: string, text: string): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, this.key, iv).setAAD(Buffer.from(kid));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), sealed]);
  }

  /** The text, or null where it was sealed with another secret or under another id. */
  open(kid: string, sealed: Buffer): string | null {
    if (sealed[0] !== VERSION || sealed.length < 1 + IV + TAG) return null;
    const iv = sealed.subarray(1, 1 + IV);
    const decipher = createDecipheriv(CIPHER, this.key, iv, { authTagLength: TAG })
      .setAAD(Buffer.from(kid))
      .setAuthTag(sealed.subarray(1 + IV, 1 + IV + TAG));
    try {
      return decipher.update(sealed.subarray(1 + IV + TAG), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  }
}
