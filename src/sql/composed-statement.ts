import { createHash } from 'node:crypto';
import { type Statement, statement } from './statement.js';

/** Each named text costs memory on every connection for as long as it lives, so callers must not choose how many. */
const MOST_NAMED = 200;
const named = new Map<string, Statement<unknown>>();

/**
 * A statement whose text was put together from parts. Equal texts share one prepared statement; texts beyond
 * the first 200 of the process run unnamed, which only costs their planning.
 */
export function composedStatement<Row>(prefix: string, text: string): Statement<Row> {
  const known = named.get(text);
  if (known) return known as Statement<Row>;
  if (named.size >= MOST_NAMED) return statement<Row>('', text);
  const fresh = statement<Row>(
    `${prefix}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`,
    text,
  );
  named.set(text, fresh);
  return fresh;
}
