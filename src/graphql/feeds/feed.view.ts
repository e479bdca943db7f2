import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A calendar that programs subscribe to by a secret address (iCalendar), from 90 days back to 400 days ahead. ' +
    'It shows what its owner may see, and ends while the account of its owner is not active.',
})
export class Feed extends Node {
  @Field(() => String, { description: 'What calendar programs call it.' })
  name!: string;

  @Field(() => Int, { description: 'Counts the addresses that it has had.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;
}

export const FeedConnection = connectionOf(Feed, 'Feed');
