import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';

const VERSION = 'Refuse with VersionConflict when the version is another by now.';
const NAME = '1 to 200 characters, unlike those of the others.';

@InputType({ description: 'A group to add; it has no members yet.' })
export class GroupCreateInput {
  @Field(() => String, { description: NAME })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Up to 5,000 characters; empty when left out.' })
  description?: string | null;
}

@InputType({ description: 'What to change of a group; what is left out stays.' })
export class GroupUpdateInput {
  @Field(() => String, { nullable: true, description: NAME })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 5,000 characters.' })
  description?: string | null;

  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}

@InputType({ description: 'What removing a group or a training may name.' })
export class CircleRemoveInput {
  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}

@InputType({ description: 'People to put into a group, or to take out of it.' })
export class GroupMembersInput {
  @Field(() => [ID], { description: 'Whom, 1 to 500.' })
  userIds!: string[];
}

@InputType({ description: 'A training to add; nobody has it yet.' })
export class TrainingCreateInput extends GroupCreateInput {}

@InputType({ description: 'What to change of a training; what is left out stays.' })
export class TrainingUpdateInput extends GroupUpdateInput {}

@InputType({ description: 'Who has a training no longer.' })
export class TrainingRevokeInput {
  @Field(() => ID, { description: 'From whom it is taken.' })
  userId!: string;
}

@InputType({ description: 'Who has a training, and for how long.' })
export class TrainingGrantInput {
  @Field(() => ID, { description: 'Who has it.' })
  userId!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The first instant at which it no longer counts; for good when left out.',
  })
  expiresAt?: Date | null;
}
