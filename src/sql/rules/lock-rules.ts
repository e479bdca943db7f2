import { type Queryable, statement } from '../statement.js';

const LOCK = statement<never>('rule-book-lock', 'select from rule_book for update');

/**
 * Lets nobody else change rules or closures until the transaction ends. An act that does so takes it before anything
 * else, so that two of them never wait for each other, and the second one sees what the first has done.
 */
export async function lockRules(tx: Queryable): Promise<void> {
  await tx.query(LOCK, []);
}
