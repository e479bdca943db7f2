import { reservedUntil } from '../../sql/closures/reserved-until.js';
import { zonesOf } from '../../sql/closures/scope-zones.js';
import type { RuleScope } from '../../sql/rules/read-rule-book.js';
import type { Queryable } from '../../sql/statement.js';
import type { Ctx } from '../act.js';
import { type InvalidInput, invalidInput } from '../failure.js';
import { type SpanOf, spansWithin } from '../schedules/closed-spans.js';
import type { ClosureSpan } from '../schedules/closure.js';
import { localDate } from '../time/local-day.js';

/** What closures of a scope will close, as far ahead as anything is reserved there. */
export interface Ahead<C extends ClosureSpan> {
  readonly closures: readonly C[];
  readonly zones: readonly string[];
  /** Behind the last reservation of the scope, in ms since 1970. */
  readonly until: number;
  readonly spans: readonly SpanOf<C>[];
}

/** What one request may close: so many spans keep a processor busy for about half a second, a little at a time. */
const MOST_SPANS = 50_000;

const extentOf = async (on: Queryable, ctx: Ctx, scope: RuleScope) => ({
  zones: await zonesOf(on, scope),
  until: (await reservedUntil(on, ctx.clock.fixed(), scope)) ?? 0,
});

/**
 * Follows the closures from now on to the last reservation of their scope. Holds no locks: whoever needs them looks
 * anew behind them.
 * @param path leads to what the caller was given
 */
export async function lookAhead<C extends ClosureSpan>(
  on: Queryable,
  ctx: Ctx,
  scope: RuleScope,
  closures: readonly C[],
  path: readonly string[],
): Promise<Ahead<C> | InvalidInput> {
  const { zones, until } = await extentOf(on, ctx, scope);
  const bounds = { from: ctx.clock.now().getTime(), to: until };
  const spans = await spansWithin(closures, zones, bounds, MOST_SPANS);
  if (spans) return { closures, zones, until, spans };
  const where = zones.length === 1 ? 'one time zone' : `${zones.length} time zones`;
  const message = `By ${localDate(until, 'UTC')}, when the last reservation there ends, that is more than ${MOST_SPANS} spans in ${where}: close less at once.`;
  return invalidInput(path, message);
}

/** The same again, which costs nothing where no zone and no later reservation has come in between. */
export async function lookAgain<C extends ClosureSpan>(
  on: Queryable,
  ctx: Ctx,
  scope: RuleScope,
  ahead: Ahead<C>,
): Promise<readonly SpanOf<C>[]> {
  const { zones, until } = await extentOf(on, ctx, scope);
  if (until <= ahead.until && zones.every((zone) => ahead.zones.includes(zone))) return ahead.spans;
  const bounds = { from: ctx.clock.now().getTime(), to: until };
  return (await spansWithin(ahead.closures, zones, bounds, Infinity)) as SpanOf<C>[];
}
