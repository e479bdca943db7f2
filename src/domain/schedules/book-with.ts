import type { ClosureRow } from '../../sql/rules/read-rule-book.js';
import { scopeKey } from './in-force.js';
import type { Rule } from './rule.js';
import { RuleBook } from './rule-book.js';

/** What somebody is about to change; any of them. */
export interface BookChange {
  /** In place of the one that stands at the same scope, kind, name and date, or has the same id. */
  readonly rule?: Rule;
  readonly removeRuleId?: string;
  /** In place of the one with the same id. */
  readonly closure?: ClosureRow;
}

const placeOf = (rule: Omit<Rule, 'settings'>): string =>
  JSON.stringify([scopeKey(rule), rule.kind, rule.name, rule.effectiveFrom]);

const byStart = (a: ClosureRow, b: ClosureRow): number =>
  a.startsLocal < b.startsLocal || (a.startsLocal === b.startsLocal && a.id < b.id) ? -1 : 1;

/** The book as it would be after the change, under its present number. The book itself stays as it is. */
export function bookWith(book: RuleBook, { rule, removeRuleId, closure }: BookChange): RuleBook {
  const { rules, closures } = book.row;
  const isReplaced = (each: Rule) => each.id === rule?.id || (rule && placeOf(each) === placeOf(rule));
  const kept = (rules as readonly Rule[]).filter((each) => each.id !== removeRuleId && !isReplaced(each));
  const others = closures.filter(({ id }) => id !== closure?.id);
  return new RuleBook({
    ...book.row,
    rules: rule ? [...kept, rule] : kept,
    closures: closure ? [...others, closure].sort(byStart) : closures,
  });
}
