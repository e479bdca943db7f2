import type { ClosingRow } from '../../sql/closures/closings.js';
import type { ClosureNode } from '../../sql/closures/closure-node.js';
import { importedClosures } from '../../sql/closures/read-closures.js';
import { zonesOf } from '../../sql/closures/scope-zones.js';
import { insertClosures, updateClosures } from '../../sql/closures/write-closures.js';
import { lockRules } from '../../sql/rules/lock-rules.js';
import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { Queryable } from '../../sql/statement.js';
import type { ViewerCtx } from '../act.js';
import { recordAudits } from '../audit/record.js';
import type { InvalidInput, NotFound } from '../failure.js';
import { newId } from '../ids.js';
import { difference } from '../resources/difference.js';
import { fieldsOf } from '../schedules/closure-fields.js';
import { checkClosing } from '../schedules/closure-scope.js';
import type { CalendarProblem } from '../schedules/ical-closures.js';
import { type ImportedClosure, type ImportPlan, planImport } from '../schedules/plan-import.js';
import { beginClosing } from './begin-closing.js';
import { type Existing, layClosures, type Met, meetClosures } from './lay-closures.js';
import { lookAhead } from './look-ahead.js';

export interface ImportClosures {
  readonly scope: RuleScope;
  /** An iCalendar file. */
  readonly text: string;
  readonly existing: Existing;
  /** Takes the events that are right where others are not. */
  readonly skipInvalid: boolean;
  readonly dryRun: boolean;
}

export interface ClosuresImported extends Omit<ImportPlan, 'closures'> {
  readonly createdCount: number;
  readonly updatedCount: number;
  readonly unchangedCount: number;
  readonly met: Met;
  /** What undoClosing takes, for all of it at once; null where nothing was done. */
  readonly closing: ClosingRow | null;
}

/** Nothing was imported: these events cannot be closures. */
export interface ClosuresImportRefused {
  readonly kind: 'ClosuresImportRefused';
  readonly message: string;
  readonly path: readonly string[];
  readonly problems: readonly CalendarProblem[];
}

const PATH = ['input', 'text'];

/** The events told apart by what is there already. */
interface Sorted {
  readonly created: readonly ImportedClosure[];
  readonly changed: readonly {
    readonly before: ClosureNode;
    readonly after: ImportedClosure;
  }[];
  readonly unchanged: readonly ClosureNode[];
}

/**
 * Makes each event of an iCalendar file a closure of the scope, all of them or, where one cannot be, none, unless
 * `skipInvalid` says to leave those out. An event that was imported before for this scope changes its closure
 * instead. Events that are over are skipped and counted. A dry run answers the same and writes nothing.
 */
export async function importClosures(
  ctx: ViewerCtx,
  input: ImportClosures,
): Promise<ClosuresImported | ClosuresImportRefused | InvalidInput | NotFound> {
  const { scope, skipInvalid, dryRun } = input;
  const refusal = await checkClosing(ctx.db, ctx, scope);
  if (refusal) return refusal;
  const plan = await planImport(input.text, await zonesOf(ctx.db, scope), ctx.clock.now().getTime());
  if ('kind' in plan) return plan;
  const { closures, ...counts } = plan;
  const { problems } = counts;
  if (problems.length > 0 && !skipInvalid) {
    const [first] = problems;
    const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : '';
    const message = `Line ${first?.line}: ${first?.message}${more}`;
    return { kind: 'ClosuresImportRefused', message, path: PATH, problems };
  }
  if (dryRun) {
    const sorted = await sortOut(ctx.db, scope, closures);
    const ahead = await lookAhead(ctx.db, ctx, scope, closures, PATH);
    if ('kind' in ahead) return ahead;
    return {
      ...counts,
      ...countsOf(sorted),
      met: await meetClosures(ctx.db, ctx, scope, ahead),
      closing: null,
    };
  }
  const outcome = await ctx.db.transaction((tx) => write(tx, ctx, input, closures));
  if ('kind' in outcome) return outcome;
  const { touched, ...done } = outcome;
  if (touched.length > 0) ctx.bus.wake({ kind: 'streams', resourceIds: touched });
  return { ...counts, ...done };
}

async function sortOut(
  on: Queryable,
  scope: RuleScope,
  closures: readonly ImportedClosure[],
): Promise<Sorted> {
  const known = await importedClosures(
    on,
    scope,
    closures.map(({ sourceUid }) => sourceUid),
  );
  const byUid = new Map(known.map((closure) => [closure.sourceUid, closure]));
  const there = closures.flatMap((after) => {
    const before = byUid.get(after.sourceUid);
    return before ? { before, after } : [];
  });
  const differs = ({ before, after }: (typeof there)[0]) =>
    difference(fieldsOf(before), fieldsOf(after)) !== null;
  return {
    created: closures.filter(({ sourceUid }) => !byUid.has(sourceUid)),
    changed: there.filter(differs),
    unchanged: there.filter((each) => !differs(each)).map(({ before }) => before),
  };
}

const countsOf = ({ created, changed, unchanged }: Sorted) => ({
  createdCount: created.length,
  updatedCount: changed.length,
  unchangedCount: unchanged.length,
});

async function write(
  tx: Queryable,
  ctx: ViewerCtx,
  { scope, existing }: ImportClosures,
  closures: readonly ImportedClosure[],
) {
  await lockRules(tx);
  const sorted = await sortOut(tx, scope, closures);
  const { created, changed, unchanged } = sorted;
  const isCancelling = existing === 'CANCEL';
  const made = created.map((closure) => ({ ...closure, id: newId() }));
  const remade = changed.map(({ before, after }) => ({ ...after, id: before.id }));
  const ahead = await lookAhead(tx, ctx, scope, [...made, ...remade, ...unchanged], PATH);
  if ('kind' in ahead) return ahead;
  if (made.length + remade.length === 0 && !isCancelling) {
    const met = await meetClosures(tx, ctx, scope, ahead);
    return { ...countsOf(sorted), met, closing: null, touched: [] };
  }
  const ids = made.map(({ id }) => id);
  const befores = changed.map(({ before }) => before);
  const closing = await beginClosing(tx, ctx, scope, ids, befores);
  const closingId = closing.id;
  const inserts = made.map((closure) => ({ ...closure, closingId }));
  await insertClosures(tx, ctx.clock.fixed(), scope, ctx.viewer.userId, inserts);
  const updates = remade.map((closure) => ({ ...closure, closingId }));
  await updateClosures(tx, updates);
  const { met, touched } = await layClosures(tx, ctx, scope, ahead, isCancelling ? closingId : null);
  await recordAudits(tx, ctx, [
    ...made.map(({ id, ...after }) => ({ action: 'closure.create', subjectId: id, after })),
    ...changed.map(({ before, after }) => ({
      action: 'closure.update',
      subjectId: before.id,
      ...difference(fieldsOf(before), fieldsOf(after)),
    })),
  ]);
  return { ...countsOf(sorted), met, closing, touched };
}
