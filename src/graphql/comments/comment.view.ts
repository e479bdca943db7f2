import { Field, InputType, ObjectType } from 'type-graphql';
import { ReservationRefused } from '../reservations/refusal.view.js';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { InvalidInput, NotFound } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'What somebody has said about a reservation, for whoever sees that.',
})
export class Comment extends Node {
  @Field(() => String, { description: 'The words, as they were typed: 1 to 5,000 characters.' })
  words!: string;

  @Field(() => DateTime, { description: 'When it was said.' })
  createdAt!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its words last changed; null where they never did.',
  })
  editedAt!: string | null;
}

export const CommentConnection = connectionOf(Comment, 'Comment');

@InputType({ description: 'Words about a reservation.' })
export class CommentInput {
  @Field(() => String, { description: 'What is said: 1 to 5,000 characters of plain text.' })
  words!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Said, or taken back.' })
export class CommentSuccess {
  @Field(() => Comment, { description: 'The comment as it is now; of a removed one, as it was.' })
  comment!: Comment;
}

export const CommentAddResult = resultUnion('CommentAdd', CommentSuccess, NotFound, InvalidInput);
export const CommentEditResult = resultUnion(
  'CommentEdit',
  CommentSuccess,
  ReservationRefused,
  NotFound,
  InvalidInput,
);
export const CommentRemoveResult = resultUnion('CommentRemove', CommentSuccess, ReservationRefused, NotFound);
