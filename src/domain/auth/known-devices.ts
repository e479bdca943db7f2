import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { isFamiliarOrigin } from '../../sql/sessions/familiar-origin.js';
import type { Ctx } from '../act.js';
import { type Attempt, originOf } from './sign-in-throttle.js';

const SHAPE = /^hfd_([\w-]{22})\.([\w-]{43})$/;

/**
 * How a browser or a place proves that an account was used there: by a token that only we can make (OWASP's device
 * cookies), or by a mark in the table familiar_origin. Neither lets anybody in; they only keep strangers from using up
 * the owner's attempts.
 */
export class KnownDevices {
  private readonly key: Buffer;

  /** @param secret the same for all instances; the key is derived from it (RFC 5869) */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'holdfast known devices v1', 32));
  }

  /** The token of a device that has just signed in to the account; one that was known keeps its id. */
  tokenFor(account: string, device: string | null): string {
    const id = device ?? randomBytes(16).toString('base64url');
    return `hfd_${id}.${this.sign('device', id, account).toString('base64url')}`;
  }

  /** The device behind a token, or null for what was never given to this account. */
  deviceOf(token: string | null, account: string): string | null {
    const [, id, mac] = SHAPE.exec(token ?? '') ?? [];
    if (id === undefined || mac === undefined) return null;
    return timingSafeEqual(Buffer.from(mac, 'base64url'), this.sign('device', id, account)) ? id : null;
  }

  /** What stands for an account and an address in the table; null where the address is not known. */
  markOf({ account, address }: Pick<Attempt, 'account' | 'address'>): Buffer | null {
    return address === null ? null : this.sign('origin', originOf(address), account);
  }

  /** An attempt to sign in, with all that may speak for it. */
  attempt(ctx: Ctx, account: string, token: string | null): Attempt & { readonly device: string | null } {
    const { address } = ctx;
    const mark = this.markOf({ account, address });
    return {
      account,
      address,
      device: this.deviceOf(token, account),
      isFamiliar: async () => mark !== null && isFamiliarOrigin(ctx.db, ctx.clock.fixed(), mark),
    };
  }

  private sign(...facts: readonly string[]): Buffer {
    return createHmac('sha256', this.key).update(JSON.stringify(facts)).digest();
  }
}
