import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const ID = 16;
const SEAL = 16;
const SHAPE = /^[\w-]{43}$/;

/** Below which paths a server has the pages behind the links. */
export const CHECK_IN_PATH = '/check-in/';
export const DOOR_PATH = '/door/';
/** The page of one reservation, by its global id: no secret, since one signs in there. */
export const RESERVATION_PATH = `${CHECK_IN_PATH}reservation/`;

/** A token as somebody shows it; whether its seal is good depends on the resource's turn. */
export interface ShownToken {
  readonly resourceId: string;
  readonly seal: Buffer;
}

/**
 * Signs the links at the doors: the id of the resource, and a seal over it and its turn, 128 bits of HMAC-SHA-256. Nothing
 * of them is stored, so whoever manages the resource can print one again; another turn makes all earlier ones void.
 */
export class DoorLinks {
  private readonly key: Buffer;

  /** @param secret any text of enough entropy; the key is derived from it (RFC 5869) */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'holdfast door links v1', 32));
  }

  private seal(resourceId: string, turn: number): Buffer {
    return createHmac('sha256', this.key).update(`${resourceId} ${turn}`).digest().subarray(0, SEAL);
  }

  token(resourceId: string, turn: number): string {
    const id = Buffer.from(resourceId.replaceAll('-', ''), 'hex');
    return Buffer.concat([id, this.seal(resourceId, turn)]).toString('base64url');
  }

  /** Whether the token was made for the resource in this turn. */
  isGood({ resourceId, seal }: ShownToken, turn: number): boolean {
    return timingSafeEqual(seal, this.seal(resourceId, turn));
  }
}

/** Null for what is no such token. */
export function readToken(token: string): ShownToken | null {
  if (!SHAPE.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const hex = bytes.toString('hex', 0, ID);
  const resourceId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { resourceId, seal: bytes.subarray(ID) };
}
