import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'One act that has made or changed closures, alone or a calendar of them, with all that it has cancelled: closingUndo takes it back as one.',
})
export class Closing extends Node {
  @Field(() => DateTime, { description: 'When it was done.' })
  closedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was undone; null where it was not.' })
  undoneAt!: string | null;
}
