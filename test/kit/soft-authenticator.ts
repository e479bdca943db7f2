import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64url = (data: Buffer) => data.toString('base64url');

/** Just enough CBOR (RFC 8949) for what an authenticator writes. */
function cbor(value: unknown): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.of((major << 5) | size)
      : size < 256
        ? Buffer.of((major << 5) | 24, size)
        : Buffer.of((major << 5) | 25, size >> 8, size & 255);
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...(value as Map<unknown, unknown>)];
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, of]) => [cbor(key), cbor(of)])]);
}

/** What a test lets it do otherwise than it should. */
export interface Mischief {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  /** It has not seen who holds it. */
  readonly isUnverified?: boolean;
  /** Nobody has touched it. */
  readonly isAbsent?: boolean;
  readonly userHandle?: string;
}

/** An authenticator with one key (ES256), together with the browser between it and the page. */
export class SoftAuthenticator {
  signCount = 0;
  /** Whether it counts its signatures; synced passkeys do not. */
  counts = true;
  readonly credentialId = randomBytes(32);
  private readonly privateKey: KeyObject;
  private readonly coseKey: Buffer;
  private userHandle: string | null = null;

  constructor(private readonly origin: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const [left, right] = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
    this.coseKey = cbor(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, left],
        [-3, right],
      ]),
    );
  }

  /** Answers `navigator.credentials.create`, as JSON. */
  create(options: string, mischief: Mischief = {}): string {
    const { challenge, rp, user } = JSON.parse(options);
    this.userHandle = user.id;
    const size = Buffer.alloc(2);
    size.writeUInt16BE(this.credentialId.length);
    const attested = Buffer.concat([Buffer.alloc(16), size, this.credentialId, this.coseKey]);
    const authData = Buffer.concat([this.authData(rp.id, mischief, 0x40), attested]);
    const attestationObject = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    );
    return this.credential({
      clientDataJSON: base64url(this.clientData('webauthn.create', challenge, mischief)),
      attestationObject: base64url(attestationObject),
      transports: ['internal'],
    });
  }

  /** Answers `navigator.credentials.get`, as JSON. */
  get(options: string, mischief: Mischief = {}): string {
    const { challenge, rpId } = JSON.parse(options);
    if (this.counts) this.signCount++;
    const clientData = this.clientData('webauthn.get', challenge, mischief);
    const authData = this.authData(rpId, mischief, 0);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), this.privateKey);
    return this.credential({
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(authData),
      signature: base64url(signature),
      userHandle: mischief.userHandle ?? this.userHandle,
    });
  }

  private credential(response: object): string {
    const id = base64url(this.credentialId);
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }

  private clientData(type: string, challenge: string, mischief: Mischief): Buffer {
    const data = {
      type: mischief.type ?? type,
      challenge: mischief.challenge ?? challenge,
      origin: mischief.origin ?? this.origin,
      crossOrigin: false,
    };
    return Buffer.from(JSON.stringify(data));
  }

  private authData(rpId: string, { rpId: other, isUnverified, isAbsent }: Mischief, more: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.signCount);
    const flags = (isAbsent ? 0 : 0x01) | (isUnverified ? 0 : 0x04) | more;
    return Buffer.concat([sha256(other ?? rpId), Buffer.of(flags), count]);
  }
}
