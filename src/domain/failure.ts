/**
 * Expected failures are returned, never thrown. `kind` is the name of the GraphQL type that shows it;
 * `path` names the input field at fault, outermost first.
 */
export interface InvalidInput {
  readonly kind: 'InvalidInput';
  readonly message: string;
  readonly path: readonly string[];
  /** For what programs tell apart: null for most. */
  readonly code: InvalidInputCode | null;
}

export type InvalidInputCode = 'INVALID_TIME' | 'INVALID_RRULE';

/** Not there, or not for this viewer to see: the two look the same. */
export interface NotFound {
  readonly kind: 'NotFound';
  readonly message: string;
  readonly path: readonly string[];
}

/** The object has changed since the version that the caller knew. `current` is its bare id, to be loaded anew. */
export interface VersionConflict {
  readonly kind: 'VersionConflict';
  readonly message: string;
  readonly path: readonly string[];
  readonly expectedVersion: number;
  readonly currentVersion: number;
  readonly current: { readonly node: NodeKind; readonly id: string };
}

/** The same key was used within 24 h for something else. */
export interface IdempotencyKeyReused {
  readonly kind: 'IdempotencyKeyReused';
  readonly message: string;
  readonly path: readonly string[];
}

export type NodeKind =
  | 'User'
  | 'Place'
  | 'ResourceType'
  | 'Resource'
  | 'Reservation'
  | 'Rule'
  | 'Closure'
  | 'Closing'
  | 'Deputy'
  | 'Delegate'
  | 'Notification'
  | 'Group'
  | 'Training'
  | 'Series'
  | 'Feed'
  | 'Webhook'
  | 'WebhookDelivery'
  | 'Act'
  | 'Session'
  | 'Mail'
  | 'Wait'
  | 'AuditEntry'
  | 'Participant'
  | 'Attachment'
  | 'Comment'
  | 'ApiClient'
  | 'ApiSecret'
  | 'PersistedOperation'
  | 'Passkey'
  | 'LogFile';

export const invalidInput = (
  path: readonly string[],
  message: string,
  code: InvalidInputCode | null = null,
): InvalidInput => ({ kind: 'InvalidInput', message, path, code });

/** A change that names nothing would only make versions grow. */
export const nothingToChange = (path: readonly string[]): InvalidInput =>
  invalidInput(path, 'Say what shall change.');

export const notFound = (path: readonly string[], what: string): NotFound => ({
  kind: 'NotFound',
  message: `There is no such ${what}.`,
  path,
});

/** Thrown, not returned: a dependency is down or too slow. The caller may try again later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
