/** Slows down whoever guesses passwords, without locking the owner of an account out elsewhere. */
export interface SignInThrottle {
  /**
   * Counts an attempt on an account from an address.
   * @returns null when it may be judged, else the whole seconds to wait
   */
  attempt(account: string, address: string | null): Promise<number | null>;
  /** The attempt counted before was right: it shall not count. */
  forgive(account: string, address: string | null): Promise<void>;
}

export interface ThrottleLimits {
  /** Attempts in a window on one account from one address; what strangers do elsewhere does not count. */
  readonly perAccount: number;
  /** Attempts in a window from one address on all accounts. */
  readonly perAddress: number;
  readonly windowSeconds: number;
  /** A wait doubles each time it is earned anew within an hour, up to this. */
  readonly longestWaitSeconds: number;
}

export const THROTTLE_LIMITS: ThrottleLimits = {
  perAccount: 5,
  perAddress: 20,
  windowSeconds: 60,
  longestWaitSeconds: 900,
};

/** Where attempts come from: an IPv4 address, or the network of an IPv6 one, since a host owns a /64. */
export function originOf(address: string | null): string {
  if (address === null) return 'unknown';
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
