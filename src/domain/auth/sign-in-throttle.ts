/** Who tries to be whom. */
export interface Attempt {
  /** In one spelling. */
  readonly account: string;
  readonly address: string | null;
  /** What has proved to be a device that the account was used with. */
  readonly device?: string | null;
  /** Whether the account was used from there before; asked only where that decides. */
  isFamiliar?(): Promise<boolean>;
}

/**
 * Slows down whoever guesses passwords, wherever they are, without locking out the owner of an account at a device or
 * an address that it was used from.
 */
export interface SignInThrottle {
  /**
   * Counts an attempt.
   * @returns null when it may be judged, else the whole seconds to wait
   */
  attempt(attempt: Attempt): Promise<number | null>;
  /** The attempt counted before was right: it shall not count. */
  forgive(attempt: Attempt): Promise<void>;
}

export interface ThrottleLimits {
  /** Attempts in a window on one account from one address, or with one device. */
  readonly perAccount: number;
  /** On one account from all addresses together; those that it was used from go on when it is over. */
  readonly strangersPerAccount: number;
  /** Attempts in a window from one address on all accounts. */
  readonly perAddress: number;
  readonly windowSeconds: number;
  /** A wait doubles each time it is earned anew within an hour, up to this. */
  readonly longestWaitSeconds: number;
}

export const THROTTLE_LIMITS: ThrottleLimits = {
  perAccount: 5,
  strangersPerAccount: 20,
  perAddress: 20,
  windowSeconds: 60,
  longestWaitSeconds: 900,
};

/**
 * Where attempts come from: an IPv4 address, or the network of an IPv6 one, since a host owns a /64. A connection that was
 * lost meanwhile has no address any more.
 */
export function originOf(address: string | null | undefined): string {
  if (!address) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  return [...groups, ...Array<string>(zeros).fill('0'), ...rest]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
