import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { resultUnion } from '../schema/result-union.js';

export enum NotificationKind {
  CANCELLED_BY_CLOSURE = 'CANCELLED_BY_CLOSURE',
  RESTORED_AFTER_CLOSURE = 'RESTORED_AFTER_CLOSURE',
}
registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description: 'What a notification is about.',
  valuesConfig: {
    CANCELLED_BY_CLOSURE: { description: 'A closure has cancelled a reservation.' },
    RESTORED_AFTER_CLOSURE: { description: 'The closure was undone, and the reservation is back.' },
  },
});

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Something that the viewer must be told, written in the commit that causes it.',
})
export class Notification extends Node {
  @Field(() => NotificationKind, { description: 'What it is about, for programs.' })
  kind!: NotificationKind;

  @Field(() => String, { description: 'The same as a sentence for people.' })
  message!: string;

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
