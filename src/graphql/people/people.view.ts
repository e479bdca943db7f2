import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'People who are let in together, or whose reservations are counted together.',
})
export class Group extends Node {
  @Field(() => String, { description: 'Unique among groups.' })
  name!: string;

  @Field(() => String, { description: 'Who belongs to it; empty where nobody said.' })
  description!: string;

  @Field(() => Int, { description: 'Counts changes of name and description, not of members.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Something that people must have learnt before they reserve what asks for it.',
})
export class Training extends Node {
  @Field(() => String, { description: 'Unique among trainings.' })
  name!: string;

  @Field(() => String, { description: 'What it is about; empty where nobody said.' })
  description!: string;

  @Field(() => Int, { description: 'Counts changes of name and description, not of who has it.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A training that a person has, or had until it ended.' })
export class GrantedTraining {
  @Field(() => DateTime, { description: 'Since when.' })
  grantedAt!: string;

  @Field(() => DateTime, {
    name: 'expiresAt',
    simple: false,
    nullable: true,
    description: 'The first instant at which it no longer counts; null is for good.',
  })
  validUntil!: string | null;
}

export const GroupConnection = connectionOf(Group, 'Group');
export const TrainingConnection = connectionOf(Training, 'Training');
