import { GraphQLScalarType, Kind } from 'graphql';
import { badUserInput } from '../errors.js';

const DATE = /^\d{4}-\d\d-\d\d$/;

function parse(value: unknown): string {
  const midnight = typeof value === 'string' && DATE.test(value) ? new Date(`${value}T00:00Z`) : null;
  if (!midnight || Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(value as string)) {
    throw badUserInput(`Expected a date such as 2026-03-01; got ${JSON.stringify(value)}.`);
  }
  return value as string;
}

export const LocalDate = new GraphQLScalarType<string, string>({
  name: 'LocalDate',
  description: 'A day of the calendar as ISO 8601, wherever its clocks are: 2026-03-01.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  serialize: String,
});
