import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { NotFound } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A sign-in that goes on: one browser, or one program. For the person and for administrators.',
})
export class Session extends Node {
  @Field(() => String, {
    simple: false,
    nullable: true,
    description: 'What people know it by: `Firefox on Windows`, else the name of the program.',
  })
  device!: string | null;

  @Field(() => String, { nullable: true, description: 'What the program has said of itself at sign-in.' })
  userAgent!: string | null;

  @Field(() => String, { nullable: true, description: 'The network address at sign-in.' })
  address!: string | null;

  @Field(() => DateTime, { description: 'When the person has signed in.' })
  createdAt!: string;

  @Field(() => DateTime, { description: 'When its tokens were last refreshed; exact to some ten minutes.' })
  lastUsedAt!: string;

  @Field(() => DateTime, { description: 'When it ends unless it is used before.' })
  expiresAt!: string;

  @Field(() => Boolean, { simple: false, description: 'Whether this request belongs to it.' })
  isCurrent!: boolean;
}

export const SessionConnection = connectionOf(Session, 'Session');

@ObjectType({
  simpleResolvers: true,
  description: 'It has ended: its tokens are refused and its sockets closed within 5 seconds.',
})
export class SessionRevokeSuccess {
  @Field(() => ID, { description: 'Which one: ses_….' })
  id!: string;
}

@ObjectType({ simpleResolvers: true, description: 'They have ended, as by `sessionRevoke`.' })
export class SessionsRevokeSuccess {
  @Field(() => Int, { description: 'How many there were.' })
  endedSessions!: number;
}

export const SessionRevokeResult = resultUnion('SessionRevoke', SessionRevokeSuccess, NotFound);
export const SessionsRevokeResult = resultUnion('SessionsRevoke', SessionsRevokeSuccess, NotFound);
