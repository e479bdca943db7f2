import { GraphQLScalarType, Kind } from 'graphql';
import { badUserInput } from '../errors.js';

function parse(value: unknown): string {
  try {
    if (typeof value !== 'string' || /^[+-]/.test(value)) throw new RangeError('not a zone name');
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    throw badUserInput(`Expected an IANA time zone, such as Europe/Berlin; got ${JSON.stringify(value)}.`);
  }
}

export const TimeZone = new GraphQLScalarType<string, string>({
  name: 'TimeZone',
  description: 'The name of an IANA time zone, such as Europe/Berlin.',
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  serialize: String,
});
