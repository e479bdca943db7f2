import type { OperationRow } from '../../sql/operations/operation-row.js';
import { lockOperation } from '../../sql/operations/read-operations.js';
import {
  decideOperation as decide,
  deprecateOperation as deprecate,
} from '../../sql/operations/write-operation.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { clientsSeenBy } from '../clients/client-policy.js';
import {
  type InvalidInput,
  invalidInput,
  type NotFound,
  notFound,
  type VersionConflict,
} from '../failure.js';
import { stale } from '../resources/stale.js';
import { checkText } from '../text.js';

const MOST_WORDS = 1_000;

export interface ExistingOperation {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
}

type Failure = InvalidInput | NotFound | VersionConflict;

/** Runs the change on an operation that the viewer looks after, and tells every process of it. */
async function changing(
  ctx: ViewerCtx,
  { id, expectedVersion }: ExistingOperation,
  change: (tx: Queryable, before: OperationRow) => Promise<OperationRow | Failure>,
): Promise<OperationRow | Failure> {
  const result = await ctx.db.transaction(async (tx) => {
    const before = await lockOperation(tx, id, clientsSeenBy(ctx.viewer));
    if (!before) return notFound(['id'], 'document');
    return stale('PersistedOperation', before, expectedVersion) ?? change(tx, before);
  });
  ctx.bus.wake({ kind: 'operations' });
  return result;
}

/**
 * Lets a document run, or ends that within 5 s on every instance: a decision can be changed as often as one likes.
 * One that stands already stays as it is. For administrators.
 * @param input.words why it is rejected, for whoever has registered it
 */
export async function decideOperation(
  ctx: ViewerCtx,
  input: ExistingOperation & { readonly status: 'APPROVED' | 'REJECTED'; readonly words: string },
): Promise<OperationRow | Failure> {
  const { status, words } = input;
  const refusal = checkText(words, ['input', 'words'], 0, MOST_WORDS);
  if (refusal) return refusal;
  return changing(ctx, input, async (tx, before) => {
    if (before.status === status && before.words === words) return before;
    const deciderId = ctx.viewer.userId;
    const row = await decide(tx, ctx.clock.fixed(), before.id, { status, deciderId, words });
    await recordAudit(tx, ctx, {
      action: status === 'APPROVED' ? 'operation.approve' : 'operation.reject',
      subjectId: before.id,
      before: { status: before.status },
      after: { status, ...(words !== '' && { words }) },
    });
    return row;
  });
}

/**
 * Says from when on a document is deprecated, which its callers are told, and from when on it is refused; null for
 * never. For the client's owner and administrators.
 */
export async function deprecateOperation(
  ctx: ViewerCtx,
  input: ExistingOperation & { readonly deprecatedAt: Date | null; readonly endsAt: Date | null },
): Promise<OperationRow | Failure> {
  const { deprecatedAt, endsAt } = input;
  if (endsAt && (!deprecatedAt || deprecatedAt > endsAt))
    return invalidInput(['input', 'endsAt'], 'What ends is deprecated first, or at the same instant.');
  const after = { deprecatedAt: deprecatedAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null };
  return changing(ctx, input, async (tx, row) => {
    const before = { deprecatedAt: row.deprecatedAt, endsAt: row.endsAt };
    await recordAudit(tx, ctx, { action: 'operation.deprecate', subjectId: row.id, before, after });
    return deprecate(tx, row.id, after.deprecatedAt, after.endsAt);
  });
}
