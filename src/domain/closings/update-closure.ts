import { closureById } from '../../sql/closures/read-closures.js';
import { updateClosures } from '../../sql/closures/write-closures.js';
import { lockRules } from '../../sql/rules/lock-rules.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudit } from '../audit/record.js';
import { type InvalidInput, type NotFound, notFound, type VersionConflict } from '../failure.js';
import { difference } from '../resources/difference.js';
import { stale } from '../resources/stale.js';
import { fieldsOf, settleClosure } from '../schedules/closure-fields.js';
import { mayClose } from '../schedules/closure-scope.js';
import { beginClosing } from './begin-closing.js';
import type { ClosureLaid } from './create-closure.js';
import { type Existing, type Laid, layClosures } from './lay-closures.js';
import { lookAhead } from './look-ahead.js';

/** What is to be different; what is undefined stays. The scope always does. */
export interface UpdateClosure {
  readonly id: string;
  readonly expectedVersion?: number | null | undefined;
  readonly title?: string | undefined;
  readonly startsLocal?: string | undefined;
  readonly endsLocal?: string | undefined;
  /** Null makes it happen once. */
  readonly rrule?: string | null | undefined;
  readonly exdates?: readonly string[] | undefined;
  readonly existing: Existing;
}

type Refusal = InvalidInput | NotFound | VersionConflict;

/**
 * Changes a closure, and lays it anew over what is reserved. What it has cancelled before stays so; undoClosing takes
 * this change alone back, with what it has cancelled. For those who may close its scope; to others it looks as if it
 * were not there.
 */
export async function updateClosure(ctx: ViewerCtx, input: UpdateClosure): Promise<ClosureLaid | Refusal> {
  const outcome = await ctx.db.transaction((tx) => change(tx, ctx, input));
  if ('kind' in outcome) return outcome;
  const { touched, ...laid } = outcome;
  if (touched.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds: touched });
  return laid;
}

async function change(
  tx: Queryable,
  ctx: ViewerCtx,
  input: UpdateClosure,
): Promise<(Laid & ClosureLaid) | Refusal> {
  await lockRules(tx);
  const row = await closureById(tx, input.id);
  if (!row || !(await mayClose(tx, ctx.viewer, row))) return notFound(['id'], 'closure');
  const refusal = stale('Closure', row, input.expectedVersion);
  if (refusal) return refusal;
  const before = fieldsOf(row);
  const { title, startsLocal, endsLocal, rrule, exdates } = input;
  const after = settleClosure({
    title: title ?? before.title,
    startsLocal: startsLocal ?? before.startsLocal,
    endsLocal: endsLocal ?? before.endsLocal,
    rrule: rrule === undefined ? before.rrule : rrule,
    exdates: exdates ?? (rrule === null ? [] : before.exdates),
  });
  if ('kind' in after) return after;
  const changed = difference(before, after);
  if (!changed && input.existing === 'KEEP') {
    return { closure: row, touched: [], met: { reservations: [], totalCount: 0 }, closing: null };
  }
  const ahead = await lookAhead(tx, ctx, row, [{ ...after, id: row.id }], ['input', 'rrule']);
  if ('kind' in ahead) return ahead;
  const closing = await beginClosing(tx, ctx, row, [], changed ? [row] : []);
  const write = { ...after, id: row.id, closingId: closing.id };
  const [closure = row] = changed ? await updateClosures(tx, [write]) : [];
  const cancelling = input.existing === 'CANCEL' ? closing.id : null;
  const laid = await layClosures(tx, ctx, row, ahead, cancelling);
  await recordAudit(tx, ctx, {
    action: 'closure.update',
    subjectId: row.id,
    ...changed,
    after: { ...changed?.after, existing: input.existing, met: laid.met.totalCount },
  });
  return { ...laid, closure, closing };
}
