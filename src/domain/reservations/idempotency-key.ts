import { createHash } from 'node:crypto';
import type { IdempotencyKey } from '../../sql/reservations/reserve.js';
import { type IdempotencyKeyReused, type InvalidInput, invalidInput } from '../failure.js';

/** The same value always prints the same, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The key with the fingerprint of what it stands for (D6); null where the caller gave none. */
export function idempotencyKey(
  operation: string,
  key: string | null | undefined,
  payload: unknown,
): IdempotencyKey | InvalidInput | null {
  if (key === null || key === undefined) return null;
  if (key.length < 1 || key.length > 200 || key.includes('\0')) {
    return invalidInput(['input', 'idempotencyKey'], 'An idempotency key has 1 to 200 characters.');
  }
  return { operation, key, payloadHash: createHash('sha256').update(canonical(payload)).digest() };
}

/** The stored answer, if it belongs to the same request. */
export function replay<Answer>(
  stored: { payloadHash: string; answer: Answer },
  key: IdempotencyKey,
): Answer | IdempotencyKeyReused {
  if (stored.payloadHash === key.payloadHash.toString('hex')) return stored.answer;
  return {
    kind: 'IdempotencyKeyReused',
    message: 'This idempotency key was used for another request within 24 hours.',
    path: ['input', 'idempotencyKey'],
  };
}
