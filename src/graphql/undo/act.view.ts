import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'One act that has cancelled, moved or imported reservations, alone or several together, or changed a series: reservationUndo takes it back as one.',
})
export class Act extends Node {
  @Field(() => DateTime, { description: 'When it was done.' })
  doneAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it was undone; null where it was not.' })
  undoneAt!: string | null;
}
