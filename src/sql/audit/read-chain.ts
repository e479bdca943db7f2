import { type Queryable, statement } from '../statement.js';

/** Where the chain of the audit ends and begins. Hashes are hexadecimal. */
export interface ChainRow {
  /** The last link; 0 before the first one. */
  readonly number: number;
  readonly hash: string;
  /** The last link that was pruned, and its hash, on which the rest hangs; 0 and zeros before the first pruning. */
  readonly baseNumber: number;
  readonly baseHash: string;
  /** How many entries wait to be sealed, and since when. */
  readonly unsealed: number;
  readonly unsealedSince: string | null;
}

const HEAD = statement<ChainRow>(
  'audit-chain',
  `select c.number::float8 as number, encode(c.hash, 'hex') as hash, c.base_number::float8 as "baseNumber",
     encode(c.base_hash, 'hex') as "baseHash", w.unsealed, w.since as "unsealedSince"
   from audit_chain c, lateral (
     select count(*)::integer as unsealed, min(a.at) as since from audit a
     where (a.xid, a.id) > (c.xid, c.audit_id)
       and not exists (select from audit_link l where l.audit_id = a.id and not l.redacts)) w`,
);

/** One link with what it seals. Salt, digest and hash are hexadecimal. */
export interface LinkRow {
  readonly number: number;
  readonly auditId: string;
  /** Null once the entry was erased in parts: a later link then seals what is left. */
  readonly salt: string | null;
  readonly digest: string;
  readonly hash: string;
  readonly redacts: boolean;
  /** The entry as it is sealed; null where it is no longer there. */
  readonly text: string | null;
  /** Whether a later link is there for the same entry. */
  readonly isReplaced: boolean;
}

const LINKS = statement<LinkRow>(
  'audit-links',
  `select l.number::float8 as number, l.audit_id as "auditId", encode(l.salt, 'hex') as salt,
     encode(l.digest, 'hex') as digest, encode(l.hash, 'hex') as hash, l.redacts, audit_text(a) as text,
     l.salt is null and exists (
       select from audit_link n where n.audit_id = l.audit_id and n.redacts and n.number > l.number) as "isReplaced"
   from audit_link l left join audit a on a.id = l.audit_id
   where l.number > $1 order by l.number limit $2`,
);

/** Bounded by ids, so that each call reads about as many entries as links. */
const STRAY = statement<{ last: string; stray: string | null }>(
  'audit-stray',
  `with part as materialized (
     select a.id, a.xid from audit a
     where a.id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') order by a.id limit $2)
   select max(s.id::text) as last, min(s.id::text) filter (where (s.xid, s.id) <= (c.xid, c.audit_id)
     and not exists (select from audit_link l where l.audit_id = s.id and not l.redacts)
     and not exists (select from audit_link l where l.audit_id = s.id and l.redacts)) as stray
   from part s, audit_chain c`,
);

/** The ends of the chain as they are now. */
export async function readChain(on: Queryable): Promise<ChainRow> {
  const [head] = await on.query(HEAD, []);
  if (!head) throw new Error('the audit has lost its chain');
  return head;
}

/** Up to `limit` links behind the one with this number, in their order. */
export const readLinks = (on: Queryable, after: number, limit: number): Promise<LinkRow[]> =>
  on.query(LINKS, [after, limit]);

/**
 * Looks through up to `limit` entries behind this id for one that should be sealed by now and is not.
 * @returns the last id that was looked at, null at the end, and the first such entry or null
 */
export async function readStray(
  on: Queryable,
  after: string | null,
  limit: number,
): Promise<{ last: string | null; stray: string | null }> {
  const [row] = await on.query(STRAY, [after, limit]);
  return { last: row?.last ?? null, stray: row?.stray ?? null };
}
