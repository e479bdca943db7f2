import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A span in which resources cannot be reserved: maintenance, a holiday. Its times are those of the clocks in the time zone of each resource.',
})
export class Closure extends Node {
  @Field(() => String, { description: 'Why it is closed, in a few words.' })
  title!: string;

  @Field(() => String, {
    description: 'The first local time that is closed, without an offset: 2026-12-24T00:00:00.000.',
  })
  startsLocal!: string;

  @Field(() => String, { description: 'The first local time behind it, of the first occurrence.' })
  endsLocal!: string;

  @Field(() => String, {
    nullable: true,
    description: 'How it recurs, by RFC 5545; null where it happens once.',
  })
  rrule!: string | null;

  @Field(() => [String], { description: 'Local starts of the occurrences that are left out.' })
  exdates!: readonly string[];

  @Field(() => Int, {
    description: 'Counts changes; name it as `expectedVersion` to change only what you have seen.',
  })
  version!: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: string;
}

export const ClosureConnection = connectionOf(Closure, 'Closure');

@ObjectType({ simpleResolvers: true, description: 'One span of one closure, as the instants that it means.' })
export class ClosedSpan {}

export const ClosedSpanConnection = connectionOf(ClosedSpan, 'ClosedSpan');
