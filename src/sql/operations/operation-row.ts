export type OperationKind = 'QUERY' | 'MUTATION' | 'SUBSCRIPTION';
export type OperationStatus = 'PENDING' | 'APPROVED' | 'REJECTED';

/** A document that a client has registered: bare uuids, instants as JSON text in UTC. */
export interface OperationRow {
  readonly node: 'PersistedOperation';
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  /** Which one of this name. */
  readonly number: number;
  readonly text: string;
  /** SHA-256 of the text, in hex. */
  readonly hash: string;
  readonly kind: OperationKind;
  readonly status: OperationStatus;
  readonly creatorId: string;
  readonly createdAt: string;
  readonly deciderId: string | null;
  readonly decidedAt: string | null;
  readonly words: string;
  readonly deprecatedAt: string | null;
  readonly endsAt: string | null;
  readonly version: number;
}

/** SQL that prints operation `o` as an OperationRow. */
export const operationJson = (o: string): string => `json_build_object(
  'node', 'PersistedOperation', 'id', ${o}.id, 'clientId', ${o}.client_id, 'name', ${o}.name, 'number', ${o}.number,
  'text', ${o}.text, 'hash', encode(${o}.hash, 'hex'), 'kind', ${o}.kind, 'status', ${o}.status,
  'creatorId', ${o}.creator_id, 'createdAt', ${o}.created_at, 'deciderId', ${o}.decider_id,
  'decidedAt', ${o}.decided_at, 'words', ${o}.words, 'deprecatedAt', ${o}.deprecated_at, 'endsAt', ${o}.ends_at,
  'version', ${o}.version)`;
