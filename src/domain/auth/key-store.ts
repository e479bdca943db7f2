import { setTimeout as delay } from 'node:timers/promises';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import type { Clock } from '../../ports/clock.js';
import type { Log } from '../../ports/log.js';
import { insertKey, retireKeys } from '../../sql/sessions/key-insert.js';
import { type SigningKeyRow, signingKeys } from '../../sql/sessions/key-list.js';
import type { Database, Queryable } from '../../sql/statement.js';
import { KeySeal } from './key-seal.js';

/** The one algorithm that tokens are signed with and verified by: Ed25519 (RFC 8037). */
export const ALGORITHM = 'EdDSA';

export interface KeyStoreParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly secret: string;
  /** How long a key signs. */
  readonly signsSeconds: number;
  /** How long it verifies beyond that: the life of an access token and a margin. */
  readonly verifiesSeconds: number;
  /** Least time between two readings of the table for key ids that nobody knows. */
  readonly cooldownMs: number;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

interface Key extends Omit<SigningKeyRow, 'sealed'> {
  readonly publicKey: CryptoKey;
  /** Null where another secret has sealed it: it still verifies. */
  readonly privateKey: CryptoKey | null;
}

const DAY_MS = 86_400_000;
/** A new key waits so long before it signs, that other instances have it before its first token arrives. */
const SETTLE_MS = 300_000;
const LIST_AGE_MS = 60_000;
const THUMBPRINT = /^[\w-]{43}$/;

/**
 * The keys that sign and verify access tokens, kept in memory and shared through the table signing_key.
 * Instances that make a key at the same time both keep theirs; nothing is fetched from anywhere else.
 */
export class KeyStore {
  private keys = new Map<string, Key>();
  private readonly seal: KeySeal;
  private listedAt = Number.NEGATIVE_INFINITY;
  private searchedAt = Number.NEGATIVE_INFINITY;
  private nextList: Promise<void> | null = null;
  private making: Promise<Key> | null = null;

  constructor(private readonly parts: KeyStoreParts) {
    this.seal = new KeySeal(parts.secret);
  }

  /**
   * The key for the next signature; makes one where none is left or the last is about to stop.
   * @throws Unavailable when the keys cannot be read or written
   */
  async signingKey(): Promise<SigningKey> {
    if (performance.now() - this.listedAt > LIST_AGE_MS) await this.list();
    const now = this.now();
    const usable = this.signers(now);
    const overlap = Math.min(DAY_MS, this.parts.signsSeconds * 100);
    if (!usable[0]) return toSigningKey(await this.make());
    if (usable[0].signsUntilMs - now < overlap)
      this.make().catch((error) =>
        this.parts.log.warn({ err: error }, 'could not make the next signing key'),
      );
    const settle = Math.min(SETTLE_MS, overlap / 2);
    return toSigningKey(usable.find((key) => now - key.createdAtMs >= settle) ?? (usable.at(-1) as Key));
  }

  /**
   * The public key with this id, or null. An unknown id has the table read once more, at most once per
   * cool-down, and its caller waits for that: another instance may just have made the key.
   * @throws Unavailable when the id is unknown and the table cannot be read
   */
  async verifyingKey(kid: string): Promise<CryptoKey | null> {
    if (!this.keys.has(kid)) {
      if (!THUMBPRINT.test(kid)) return null;
      await this.listAgain();
    }
    const key = this.keys.get(kid);
    return key && key.verifiesUntilMs > this.now() ? key.publicKey : null;
  }

  /** The public keys as a JWK Set (RFC 7517), for others who want to verify our tokens. */
  async jwks(): Promise<{ keys: JWK[] }> {
    if (performance.now() - this.listedAt > LIST_AGE_MS) await this.list();
    const now = this.now();
    const live = [...this.keys.values()].filter((key) => key.verifiesUntilMs > now);
    return { keys: live.map(({ publicJwk, kid }) => ({ ...publicJwk, kid, alg: ALGORITHM, use: 'sig' })) };
  }

  /**
   * Makes a key that signs from when every instance has it, and lets all others stop as soon as the tokens that they
   * have signed till then have ended: nobody is signed out.
   * @returns the new key's id and how many others there are
   * @throws Unavailable when the keys cannot be read or written
   */
  async rotate(tx: Queryable): Promise<{ kid: string; retired: number }> {
    const { kid } = await this.create(tx);
    const { clock, verifiesSeconds } = this.parts;
    const overlapSeconds = (SETTLE_MS + LIST_AGE_MS) / 1000;
    return { kid, retired: await retireKeys(tx, clock.fixed(), kid, overlapSeconds, verifiesSeconds) };
  }

  private now = (): number => this.parts.clock.now().getTime();

  /** Newest first. */
  private signers(now: number): Key[] {
    return [...this.keys.values()]
      .filter((key) => key.privateKey && key.signsUntilMs > now)
      .sort((a, b) => b.createdAtMs - a.createdAtMs);
  }

  /** Callers share one reading that begins after each of their calls. */
  private listAgain(): Promise<void> {
    this.nextList ??= (async () => {
      const wait = this.searchedAt + this.parts.cooldownMs - performance.now();
      await delay(Math.max(0, wait), undefined, { ref: false });
      this.nextList = null;
      this.searchedAt = performance.now();
      await this.list();
    })();
    return this.nextList;
  }

  private async list(): Promise<void> {
    this.listedAt = performance.now();
    try {
      const rows = await signingKeys(this.parts.db, this.parts.clock.fixed());
      const keys = await Promise.all(rows.map((row) => this.known(row) ?? this.read(row)));
      this.keys = new Map(keys.map((key) => [key.kid, key]));
    } catch (error) {
      if (this.keys.size === 0) this.listedAt = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }

  /** With the times of now: a rotation brings them forward. */
  private known({ sealed: _sealed, ...row }: SigningKeyRow): Key | null {
    const key = this.keys.get(row.kid);
    return key ? { ...key, ...row } : null;
  }

  private async read({ sealed, ...row }: SigningKeyRow): Promise<Key> {
    const opened = this.seal.open(row.kid, sealed);
    if (opened === null)
      this.parts.log.warn(
        { kid: row.kid },
        'this signing key was sealed with another secret; it only verifies',
      );
    return {
      ...row,
      publicKey: await load(row.publicJwk as unknown as JWK),
      privateKey: opened === null ? null : await load(JSON.parse(opened) as JWK),
    };
  }

  private make(): Promise<Key> {
    this.making ??= this.create(this.parts.db).finally(() => {
      this.making = null;
    });
    return this.making;
  }

  private async create(db: Queryable): Promise<Key> {
    const pair = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
    const publicJwk = await exportJWK(pair.publicKey);
    const kid = await calculateJwkThumbprint(publicJwk);
    const sealed = this.seal.seal(kid, JSON.stringify(await exportJWK(pair.privateKey)));
    const { clock, log, signsSeconds, verifiesSeconds } = this.parts;
    const row = await insertKey(db, clock.fixed(), { kid, publicJwk, sealed, signsSeconds, verifiesSeconds });
    log.info({ kid }, 'made a signing key');
    const key = await this.read(row);
    this.keys.set(kid, key);
    return key;
  }
}

const load = async (jwk: JWK): Promise<CryptoKey> => (await importJWK(jwk, ALGORITHM)) as CryptoKey;

const toSigningKey = ({ kid, privateKey }: Key): SigningKey => {
  if (!privateKey) throw new Error(`signing key ${kid} cannot sign`);
  return { kid, privateKey };
};
