import { GraphQLScalarType, Kind } from 'graphql';
import { badUserInput } from '../errors.js';

function parse(value: unknown): string {
  if (typeof value === 'string') return value;
  throw badUserInput(`Expected a time such as 08:30; got ${JSON.stringify(value)}.`);
}

/** Whether there is such a time says the act that takes it, with the field at fault (INVALID_TIME). */
export const LocalTime = new GraphQLScalarType<string, string>({
  name: 'LocalTime',
  description: 'What a clock shows, HH:MM: 08:30. As a closing time, 24:00 is the end of the day.',
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  serialize: String,
});
