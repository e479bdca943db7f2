import { GraphQLScalarType, Kind } from 'graphql';
import { instantText } from '../../domain/time/instant-text.js';
import { badUserInput } from '../errors.js';

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;

function parse(value: unknown): Date {
  const match = typeof value === 'string' ? RFC3339.exec(value) : null;
  const date = match ? new Date(value as string) : null;
  const days = match ? new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate() : 0;
  if (!match || !date || Number.isNaN(date.getTime()) || Number(match[3]) > days || Number(match[4]) > 23) {
    throw badUserInput(
      `Expected an RFC 3339 instant with an offset, such as 2026-03-01T09:00:00Z; got ${JSON.stringify(value)}.`,
    );
  }
  return date;
}

/** Rows may count ms since 1970; of texts, PostgreSQL prints `2026-03-01 09:00:00.5+00` or, in JSON, `2026-03-01T09:00:00.5+00:00`; both become `…Z`. */
function print(value: unknown): string {
  if (typeof value === 'number') return instantText(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') throw new TypeError('DateTime cannot show this value');
  const zone = value.lastIndexOf('+');
  const fraction = (zone > 20 ? value.slice(20, zone) : '').padEnd(3, '0').slice(0, 3);
  return `${value.slice(0, 10)}T${value.slice(11, 19)}.${fraction}Z`;
}

/** An instant. Rows may carry it as a Date, in ms since 1970, or as the database's own text in UTC. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'An instant as RFC 3339 with an offset, to the millisecond: 2026-03-01T09:00:00Z. Leaves in UTC.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  serialize: print,
});
