import type { BreachedPasswords } from '../../ports/breached-passwords.js';
import type { Clock } from '../../ports/clock.js';
import type { Counter, Counters } from '../../ports/counters.js';
import type { EventBus } from '../../ports/event-bus.js';
import type { Log } from '../../ports/log.js';
import type { Database } from '../../sql/statement.js';
import type { Ctx, Role, ViewerCtx } from '../act.js';
import { HASHER_LIMITS, type HasherLimits, PasswordHasher } from '../users/password-hasher.js';
import { AccessTokens } from './access-token.js';
import { type Authentication, authenticator } from './authenticate.js';
import { CountingThrottle } from './counting-throttle.js';
import type { DirectorySignIn } from './directory-rules.js';
import { KeySeal } from './key-seal.js';
import { KeyStore } from './key-store.js';
import { KnownDevices } from './known-devices.js';
import { memoryCounters } from './memory-counters.js';
import { passkeyAsks, type RelyingParty } from './passkeys/relying-party.js';
import type { ProviderSignIn } from './provider/provider-sign-in.js';
import type { PeriodicSync } from './run-directory-sync.js';
import { SecurityLog } from './security-log.js';
import { SessionWatch } from './session-watch.js';
import { type SignInThrottle, THROTTLE_LIMITS, type ThrottleLimits } from './sign-in-throttle.js';

export interface Lifetimes {
  /** Of an access token; 600 at most. */
  readonly accessSeconds: number;
  /** Of a session since its last refresh. */
  readonly sessionSeconds: number;
  /** How long a key signs. */
  readonly keySeconds: number;
}

const DAY = 86_400;
const MOST_ACCESS_SECONDS = 600;
const MARGIN_SECONDS = 300;

export const LIFETIMES: Lifetimes = {
  accessSeconds: MOST_ACCESS_SECONDS,
  sessionSeconds: 30 * DAY,
  keySeconds: 30 * DAY,
};

export interface IdentityOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly log: Log;
  /** Seals the signing keys. With another one the old keys still verify, and a new one signs. */
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
  readonly lifetimes?: Partial<Lifetimes>;
  /** Who judges people without a password here; left out, nobody does. */
  readonly directory?: DirectorySignIn | null;
  /** Where people sign in otherwise; left out, nowhere. */
  readonly provider?: ProviderSignIn | null;
  /** Whom passkeys are for; left out, nobody has any. */
  readonly passkeys?: RelyingParty | null;
  /** Roles that must have a second factor; others may. */
  readonly secondFactorRoles?: readonly Role[];
  /** How administrators sync with it. */
  readonly directorySync?: PeriodicSync | null;
  readonly limits?: Partial<ThrottleLimits & HasherLimits>;
  /** Refused as new passwords; left out, none is. */
  readonly breached?: BreachedPasswords;
  /** Count attempts to sign in; left out, each process counts its own. */
  readonly counters?: Counters | null;
  /** How often ended sessions are looked for, and the least time between two looks for unknown keys. */
  readonly pollMs?: number;
}

/** Everything with a lifetime that sign-in and authentication share. */
export interface Identity {
  readonly keys: KeyStore;
  readonly tokens: AccessTokens;
  readonly watch: SessionWatch;
  readonly security: SecurityLog;
  readonly hasher: PasswordHasher;
  readonly breached: BreachedPasswords;
  readonly throttle: SignInThrottle;
  /** The same for credentials of programs and for links, where only what is wrong is counted. */
  readonly guesses: SignInThrottle;
  readonly devices: KnownDevices;
  readonly directory: DirectorySignIn | null;
  readonly provider: ProviderSignIn | null;
  readonly passkeys: RelyingParty | null;
  /** Questions to strangers' passkeys, by address. */
  readonly passkeyAsks: Counter;
  readonly secondFactorRoles: readonly Role[];
  readonly directorySync: PeriodicSync | null;
  readonly lifetimes: Lifetimes;
  /** Seals what must be secret in the database. */
  readonly seal: KeySeal;
  /**
   * Judges an Authorization header, of HTTP or of a socket's connection parameters.
   * @throws Unavailable when a dependency that is away leaves it open who is there
   */
  authenticate(authorization: unknown): Promise<Authentication>;
  close(): Promise<void>;
}

/** The context of acts that sign people in and out. */
export interface AuthCtx extends Ctx {
  readonly identity: Identity;
}

/** The same where somebody is signed in. */
export interface AuthViewerCtx extends ViewerCtx {
  readonly identity: Identity;
}

/**
 * Puts the parts together and starts the watch on sessions.
 * @throws RangeError for an access token that would live too long
 */
export async function createIdentity(options: IdentityOptions): Promise<Identity> {
  const { db, clock, bus, log, secret, issuer, audience, pollMs = 2_000 } = options;
  const lifetimes = { ...LIFETIMES, ...options.lifetimes };
  const { accessSeconds, keySeconds } = lifetimes;
  if (!(accessSeconds > 0 && accessSeconds <= MOST_ACCESS_SECONDS))
    throw new RangeError(`an access token lives 1 to ${MOST_ACCESS_SECONDS} s, not ${accessSeconds}`);
  const verifiesSeconds = accessSeconds + MARGIN_SECONDS;
  const keys = new KeyStore({
    db,
    clock,
    log,
    secret,
    signsSeconds: keySeconds,
    verifiesSeconds,
    cooldownMs: pollMs,
  });
  const tokens = new AccessTokens({ keys, clock, issuer, audience, lifetimeSeconds: accessSeconds });
  const counters = options.counters ?? memoryCounters;
  const throttleLimits = { ...THROTTLE_LIMITS, ...options.limits };
  const watch = new SessionWatch({ db, clock, bus, log, accessSeconds, pollMs });
  await watch.start();
  const security = new SecurityLog({ db, clock, log, secret });
  return {
    keys,
    tokens,
    watch,
    breached: options.breached ?? { has: async () => false },
    security,
    hasher: new PasswordHasher({ ...HASHER_LIMITS, ...options.limits }),
    throttle: new CountingThrottle(throttleLimits, counters),
    guesses: new CountingThrottle(throttleLimits, counters, 'guess'),
    devices: new KnownDevices(secret),
    directory: options.directory ?? null,
    provider: options.provider ?? null,
    passkeys: options.passkeys ?? null,
    passkeyAsks: passkeyAsks(counters),
    secondFactorRoles: options.secondFactorRoles ?? [],
    directorySync: options.directorySync ?? null,
    lifetimes,
    seal: new KeySeal(secret),
    authenticate: authenticator({ tokens, watch, clock }),
    close: async () => {
      await watch.close();
      await security.close();
    },
  };
}
