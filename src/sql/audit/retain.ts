import { NOW } from '../reservations/reservation-json.js';
import { type Queryable, statement } from '../statement.js';

const PRUNE = statement<{ links: number }>(
  'audit-prune',
  `select audit_prune(${NOW} - $2 * interval '1 day', $3) as links`,
);
const FORGET = statement<{ links: number }>(
  'audit-forget-sources',
  `select audit_forget_sources(${NOW} - $2 * interval '1 day', $3) as links`,
);

/** Prunes up to `limit` links from the beginning of the chain that are older than so many days; returns how many. */
export const pruneAudit = async (
  on: Queryable,
  now: string | null,
  days: number,
  limit: number,
): Promise<number> => (await on.query(PRUNE, [now, days, limit]))[0]?.links ?? 0;

/**
 * Takes addresses, programs and sessions out of the entries of up to `limit` links that are older than so many days, and
 * everything out of events of security; returns how many links it has looked at.
 */
export const forgetSources = async (
  on: Queryable,
  now: string | null,
  days: number,
  limit: number,
): Promise<number> => (await on.query(FORGET, [now, days, limit]))[0]?.links ?? 0;
