import type { Placement } from '../../sql/rules/read-placements.js';
import {
  type AfterRule,
  namesInRules,
  type RuleFilter,
  readBookVersion,
  rulesByIds,
  rulesPage,
} from '../../sql/rules/read-rules.js';
import type { Ctx } from '../act.js';
import { localDate } from '../time/local-day.js';
import type { Rule } from './rule.js';
import type { RuleBook } from './rule-book.js';
import { ruleBooksOf } from './rule-books.js';

/** The rules by id, for a loader. Everybody who is signed in may read them: refusals name them. */
export const readRules = async (ctx: Ctx, ids: readonly string[]): Promise<Map<string, Rule>> =>
  (await rulesByIds(ctx.db, ids)) as Map<string, Rule>;

/** What the groups and trainings in rules are called, by id, for a loader. */
export const readRuleNames = (ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> =>
  namesInRules(ctx.db, ids);

/** Up to `limit` rules by kind, name and id. */
export const readRulePage = async (
  ctx: Ctx,
  filter: RuleFilter,
  after: AfterRule | null,
  limit: number,
): Promise<Rule[]> => (await rulesPage(ctx.db, filter, after, limit)) as Rule[];

/** The book as it stands: one small statement, and the rest is in memory. */
export const bookNow = async (ctx: Ctx): Promise<RuleBook> =>
  ruleBooksOf(ctx.db).atLeast(await readBookVersion(ctx.db));

/**
 * The rules that count for a resource on a date of its zone: of each kind the nearest, of quotas and approvals one of each name.
 * @param date null is today
 */
export function rulesFor(ctx: Ctx, book: RuleBook, of: Placement, date: string | null): Rule[] {
  const on = date ?? localDate(ctx.clock.now().getTime(), of.timeZone);
  const { quotas, approvals, hours, buffers, notice, length, grid, access, checkIn } = book.inForce(of, on);
  const single = [hours, buffers, notice, length, grid, access, checkIn].filter((rule) => rule !== null);
  return [...single, ...quotas.toSorted((a, b) => (a.name < b.name ? -1 : 1)), ...approvals];
}
