import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { resultUnion } from '../schema/result-union.js';

export enum NotificationKind {
  CANCELLED_BY_CLOSURE = 'CANCELLED_BY_CLOSURE',
  RESTORED_AFTER_CLOSURE = 'RESTORED_AFTER_CLOSURE',
  APPROVAL_ASKED = 'APPROVAL_ASKED',
  APPROVAL_REMINDED = 'APPROVAL_REMINDED',
  APPROVAL_ESCALATED = 'APPROVAL_ESCALATED',
  APPROVAL_ASKED_BACK = 'APPROVAL_ASKED_BACK',
  APPROVAL_ANSWERED = 'APPROVAL_ANSWERED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
  APPROVAL_EXPIRED = 'APPROVAL_EXPIRED',
}
registerEnumType(NotificationKind, {
  name: 'NotificationKind',
  description: 'What a notification is about.',
  valuesConfig: {
    CANCELLED_BY_CLOSURE: { description: 'A closure has cancelled a reservation.' },
    RESTORED_AFTER_CLOSURE: { description: 'The closure was undone, and the reservation is back.' },
    APPROVAL_ASKED: {
      description: 'A reservation waits for the decision of the viewer, or of others with them.',
    },
    APPROVAL_REMINDED: { description: 'It still does, and nobody has decided for a while.' },
    APPROVAL_ESCALATED: { description: 'Nobody has decided for so long that the viewer may as well.' },
    APPROVAL_ASKED_BACK: { description: 'An approver has a question about a reservation of the viewer.' },
    APPROVAL_ANSWERED: { description: 'The question that the viewer had asked was answered.' },
    APPROVED: { description: 'A reservation of the viewer is approved, and counts.' },
    REJECTED: { description: 'A reservation of the viewer was rejected; the words say why.' },
    APPROVAL_EXPIRED: { description: 'Nobody has decided in time about a reservation of the viewer.' },
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
