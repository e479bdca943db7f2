import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Somebody who reserves, changes and cancels in the name of somebody else, and sees what is private of theirs. Delegates have no delegates.',
})
export class Delegate extends Node {
  @Field(() => DateTime, { description: 'Since when.' })
  addedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'The first instant behind it; null: until removed.' })
  untilAt!: string | null;
}
