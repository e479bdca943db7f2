import { type Queryable, statement } from '../statement.js';

const SEAL = statement<{ sealed: number }>('audit-seal', 'select audit_seal($1) as sealed');

/**
 * Hangs up to `limit` committed entries of the audit on its chain, by one of any number of callers at a time; the
 * others seal none. What a killed one had begun is sealed by the next.
 * @returns how many were sealed
 */
export async function sealAudit(on: Queryable, limit: number): Promise<number> {
  const [row] = await on.query(SEAL, [limit]);
  return row?.sealed ?? 0;
}
