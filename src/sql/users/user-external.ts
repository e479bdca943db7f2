import type { Role } from '../../domain/act.js';
import { type Queryable, statement } from '../statement.js';

export interface Candidate {
  readonly id: string;
  readonly role: Role;
  readonly isLinked: boolean;
  /** Another account than this one has the address. */
  readonly isAddressTaken: boolean;
}

/** Two unique indexes, so two rows at most. */
const CANDIDATES = statement<Omit<Candidate, 'isAddressTaken'>>(
  'user-external-candidates',
  `select u.id, u.role, u.external_id is not distinct from $1 as "isLinked"
   from app_user u where u.external_id = $1 or u.email = $2`,
);

/**
 * Who may be the directory's person with this id and address (lower case, null for none): whoever is linked
 * to the id, else whoever has the address.
 */
export async function externalCandidate(
  tx: Queryable,
  externalId: string,
  email: string | null,
): Promise<Candidate | null> {
  const rows = await tx.query(CANDIDATES, [externalId, email]);
  const candidate = rows.find((row) => row.isLinked) ?? rows[0];
  return candidate ? { ...candidate, isAddressTaken: rows.length > 1 } : null;
}
