import { createHash } from 'node:crypto';
import { type ChainRow, type LinkRow, readChain, readLinks, readStray } from '../../sql/audit/read-chain.js';
import type { Queryable } from '../../sql/statement.js';

/** What is wrong with a link, or with an entry that has none. */
export type BreakKind =
  /** A number is left out. */
  | 'LINK_MISSING'
  /** The hash is not that of the link and of the one before it. */
  | 'LINK_CHANGED'
  /** The entry is gone. */
  | 'ENTRY_MISSING'
  /** The entry says something else than when it was sealed. */
  | 'ENTRY_CHANGED'
  /** The entry was erased in parts, and no link seals what is left. */
  | 'ENTRY_BARED'
  /** The entry was put in behind the back of the chain. */
  | 'ENTRY_STRAY'
  /** The chain ends before, or otherwise than, it says or is known to. */
  | 'END_MISSING';

export interface ChainBreak {
  readonly kind: BreakKind;
  /** The link; null for an entry without one. */
  readonly number: number | null;
  readonly auditId: string | null;
}

/** A place in the chain: a link's number and hash. */
export interface ChainPlace {
  readonly number: number;
  readonly hash: string;
}

export interface ChainVerdict {
  /** The last link that is proved. */
  readonly upTo: ChainPlace;
  /** How many links seal what an erasure has left. */
  readonly redacted: number;
  readonly broken: ChainBreak | null;
}

const sha256 = (...parts: (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** The hash of a link, as the SQL function audit_hash makes it. */
const hashOf = (previous: string, { number, auditId, digest, redacts }: LinkRow): string =>
  sha256([previous, number, auditId, digest, redacts ? 'REDACTED' : 'SEALED'].join(' '));

function judge(previous: ChainPlace, link: LinkRow): BreakKind | null {
  if (link.number !== previous.number + 1) return 'LINK_MISSING';
  if (link.hash !== hashOf(previous.hash, link)) return 'LINK_CHANGED';
  if (link.salt === null) return link.isReplaced ? null : 'ENTRY_BARED';
  if (link.text === null) return 'ENTRY_MISSING';
  return sha256(Buffer.from(link.salt, 'hex'), link.text) === link.digest ? null : 'ENTRY_CHANGED';
}

/**
 * Proves up to `limit` links behind the place, against the entries that they seal: hashes are made here, not by the
 * database.
 */
export async function verifyLinks(on: Queryable, after: ChainPlace, limit: number): Promise<ChainVerdict> {
  let upTo = after;
  let redacted = 0;
  for (const link of await readLinks(on, after.number, limit)) {
    const kind = judge(upTo, link);
    if (kind) return { upTo, redacted, broken: { kind, number: link.number, auditId: link.auditId } };
    if (link.redacts) redacted++;
    upTo = { number: link.number, hash: link.hash };
  }
  return { upTo, redacted, broken: null };
}

/** The first entry that should have a link and has none. */
async function findStray(on: Queryable, batch: number): Promise<ChainBreak | null> {
  let after: string | null = null;
  for (;;) {
    const { last, stray }: { last: string | null; stray: string | null } = await readStray(on, after, batch);
    if (stray !== null) return { kind: 'ENTRY_STRAY', number: null, auditId: stray };
    if (last === null) return null;
    after = last;
  }
}

const ends = (kind: 'END_MISSING' | 'LINK_CHANGED', number: number): ChainBreak => ({
  kind,
  number,
  auditId: null,
});

export interface WholeVerdict extends ChainVerdict {
  readonly chain: ChainRow;
  /** The known heads that lie before the base, where nothing is left to compare them with. */
  readonly pruned: readonly ChainPlace[];
}

/**
 * Proves the whole chain from its base to its end, in batches, and that every entry hangs on it but those that wait
 * to be sealed. Heads that were written down elsewhere show what the database alone cannot: that its end was cut off
 * or that all of it was made anew.
 * @param heads places that the chain is known to have had
 * @param batch links read at a time
 */
export async function verifyChain(
  on: Queryable,
  heads: readonly ChainPlace[] = [],
  batch = 1_000,
): Promise<WholeVerdict> {
  const chain = await readChain(on);
  let upTo: ChainPlace = { number: chain.baseNumber, hash: chain.baseHash };
  let redacted = 0;
  let broken: ChainBreak | null = null;
  while (!broken && upTo.number < chain.number) {
    const part = await verifyLinks(on, upTo, Math.min(batch, chain.number - upTo.number));
    redacted += part.redacted;
    if (part.upTo.number === upTo.number) {
      // What was pruned meanwhile is missing and needs no proof.
      const { baseNumber, baseHash } = await readChain(on);
      if (baseNumber > upTo.number) upTo = { number: baseNumber, hash: baseHash };
      else broken = part.broken ?? ends('END_MISSING', upTo.number + 1);
    } else [upTo, broken] = [part.upTo, part.broken];
  }
  broken ??= (await endBreak(on, chain, upTo, heads)) ?? (await findStray(on, batch));
  return { upTo, redacted, broken, chain, pruned: heads.filter(({ number }) => number < chain.baseNumber) };
}

/** Whether the chain ends as it says, and has the places that it is known to have had. */
async function endBreak(
  on: Queryable,
  chain: ChainRow,
  upTo: ChainPlace,
  heads: readonly ChainPlace[],
): Promise<ChainBreak | null> {
  if (upTo.number === chain.number && upTo.hash !== chain.hash) return ends('LINK_CHANGED', upTo.number);
  for (const { number, hash } of heads) {
    if (number < chain.baseNumber) continue;
    if (number > chain.number) return ends('END_MISSING', chain.number + 1);
    const [link] = number === chain.baseNumber ? [] : await readLinks(on, number - 1, 1);
    if ((link?.hash ?? chain.baseHash) !== hash) return ends('LINK_CHANGED', number);
  }
  return null;
}
