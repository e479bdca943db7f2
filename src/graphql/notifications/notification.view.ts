import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { resultUnion } from '../schema/result-union.js';
import { NotificationKind } from './enums.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Something that the viewer must be told, written in the commit that causes it.',
})
export class Notification extends Node {
  @Field(() => NotificationKind, { description: 'What it is about, for programs.' })
  kind!: NotificationKind;

  @Field(() => DateTime, { description: 'When it happened.' })
  createdAt!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the viewer marked it as read; null until then.',
  })
  readAt!: string | null;
}

export const NotificationConnection = connectionOf(Notification, 'Notification');

@InputType({ description: 'Notifications that the viewer has read.' })
export class NotificationReadInput {
  @Field(() => [ID], { description: "Up to 200 of the viewer's own; others are left alone." })
  ids!: string[];
}

@ObjectType({ simpleResolvers: true, description: 'They are marked as read.' })
export class NotificationReadSuccess {
  @Field(() => [Notification], { description: "Those of the named that are the viewer's, the newest first." })
  notifications!: Notification[];
}

export const NotificationReadResult = resultUnion('NotificationRead', NotificationReadSuccess, InvalidInput);
