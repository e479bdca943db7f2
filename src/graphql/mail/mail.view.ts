import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NotificationKind } from '../notifications/enums.js';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { NotFound } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { resultUnion } from '../schema/result-union.js';

export enum MailStatus {
  PENDING = 'PENDING',
  SENT = 'SENT',
  FAILED = 'FAILED',
  COLLECTED = 'COLLECTED',
}
registerEnumType(MailStatus, {
  name: 'MailStatus',
  description: 'What has become of a mail.',
  valuesConfig: {
    PENDING: { description: 'It is to be sent, for the first time or again.' },
    SENT: { description: 'The mail server has taken it; what becomes of it then is not known here.' },
    FAILED: { description: 'It was given up: refused for good, or tried 20 times. It can be resent.' },
    COLLECTED: { description: 'It waits for the digest of the person, or has gone with it.' },
  },
});

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A mail about one event to one person, written in the commit that causes it.',
})
export class Mail extends Node {
  @Field(() => NotificationKind, { description: 'What it is about.' })
  kind!: NotificationKind;

  @Field(() => DateTime, { description: 'When that happened.' })
  createdAt!: string;

  @Field(() => Int, { description: 'Finished attempts since it was written or resent.' })
  attempts!: number;

  @Field(() => DateTime, {
    name: 'nextAttemptAt',
    simple: false,
    nullable: true,
    description: 'When it is tried next; null: never, unless it is resent.',
  })
  nextAt!: string | null;

  @Field(() => DateTime, {
    name: 'lastAttemptAt',
    simple: false,
    nullable: true,
    description: 'When the last attempt has ended.',
  })
  lastAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When the mail server has taken it.' })
  sentAt!: string | null;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed; null where it did not.' })
  lastError!: string | null;
}

export const MailConnection = connectionOf(Mail, 'Mail');

@ObjectType({ simpleResolvers: true, description: 'The mail is sent within a second or so.' })
export class MailResendSuccess {
  @Field(() => Mail, { description: 'Read it again to see what became of it.' })
  mail!: Mail;
}

export const MailResendResult = resultUnion('MailResend', MailResendSuccess, NotFound);
