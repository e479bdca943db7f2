import { lockClient } from '../../sql/clients/read-clients.js';
import type { OperationKind, OperationRow } from '../../sql/operations/operation-row.js';
import { operationNumbers } from '../../sql/operations/read-operations.js';
import { insertOperation } from '../../sql/operations/write-operation.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { clientsSeenBy } from '../clients/client-policy.js';
import { type InvalidInput, invalidInput, type NotFound, notFound } from '../failure.js';
import { newId } from '../ids.js';
import type { Scope } from '../scopes.js';
import { checkOperationName, documentHash } from './operation-policy.js';

const MOST_OPERATIONS = 500;

export interface RegisterOperation {
  readonly clientId: string;
  readonly name: string;
  /** Which one of this name; null takes the next number. */
  readonly number: number | null;
  readonly text: string;
  /** What a reading of the text against the schema has found. */
  readonly kind: OperationKind;
  readonly scopes: readonly (Scope | null)[];
}

/** The scopes that the client would need and lacks; null says that it has them all. */
function outOfScope(needed: readonly (Scope | null)[], granted: readonly string[]): InvalidInput | null {
  const path = ['input', 'document'];
  if (needed.includes(null)) return invalidInput(path, 'API clients cannot run this document at all.');
  const lacking = [...new Set(needed as readonly Scope[])].filter((scope) => !granted.includes(scope));
  if (lacking.length === 0) return null;
  return invalidInput(path, `The client lacks what this document needs: ${lacking.join(', ')}.`);
}

/**
 * Registers a document for a client, to be approved by an administrator before it runs. By the client itself, its
 * owner, or administrators. The same document again is answered with what it was registered as.
 */
export async function registerOperation(
  ctx: ViewerCtx,
  input: RegisterOperation,
): Promise<OperationRow | InvalidInput | NotFound> {
  const { clientId, name, text, kind } = input;
  const refusal = checkOperationName(name);
  if (refusal) return refusal;
  const hash = documentHash(text);
  return ctx.db.transaction(async (tx) => {
    const client = await lockClient(tx, clientId, clientsSeenBy(ctx.viewer));
    if (!client) return notFound(['input', 'clientId'], 'API client');
    const lacking = outOfScope(input.scopes, client.scopes);
    if (lacking) return lacking;
    const { last, total, same } = await operationNumbers(tx, clientId, name, hash);
    const number = input.number ?? last + 1;
    if (same) return same.name === name && (input.number ?? same.number) === same.number ? same : taken(same);
    if (number <= last)
      return invalidInput(['input', 'number'], `The next number of ${name} is ${last + 1}.`);
    if (total >= MOST_OPERATIONS)
      return invalidInput(['input'], `A client has at most ${MOST_OPERATIONS} documents.`);
    const operation = { id: newId(), clientId, name, number, text, hash, kind, creatorId: ctx.viewer.userId };
    const row = await insertOperation(tx, ctx.clock.fixed(), operation);
    const after = { clientId, name, number, hash: row.hash };
    await recordAudit(tx, ctx, { action: 'operation.register', subjectId: row.id, after });
    return row;
  });
}

const taken = ({ name, number }: OperationRow): InvalidInput =>
  invalidInput(['input', 'document'], `This document is registered already, as ${name} number ${number}.`);
