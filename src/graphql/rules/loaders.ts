import type { RuleBook } from '../../domain/schedules/rule-book.js';
import { bookNow, readRuleNames, readRules } from '../../domain/schedules/rule-reader.js';
import { defineLoader } from '../loader.js';

export const ruleById = defineLoader(readRules);

/** What the groups and trainings in rules are called. */
export const nameInRules = defineLoader(readRuleNames);

/** The book as it stands, under the one key `now`: read once for an operation. */
export const ruleBook = defineLoader<RuleBook>(async (ctx) => new Map([['now', await bookNow(ctx)]]));
