import { Field, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { User } from '../users/user.view.js';
import { Group, Training } from './people.view.js';

@ObjectType({ simpleResolvers: true, description: 'The group is as asked for; a removed one as it was.' })
export class GroupSuccess {
  @Field(() => Group, { description: 'The group.' })
  group!: Group;
}

@ObjectType({ simpleResolvers: true, description: 'The training is as asked for; a removed one as it was.' })
export class TrainingSuccess {
  @Field(() => Training, { description: 'The training.' })
  training!: Training;
}

@ObjectType({ simpleResolvers: true, description: 'The person has the training, or has it no longer.' })
export class TrainingGrantSuccess {
  @Field(() => User, { nullable: true, description: 'The person, with all trainings as they are now.' })
  user!: User | null;
}

export const GroupCreateResult = resultUnion('GroupCreate', GroupSuccess, InvalidInput);
export const GroupUpdateResult = resultUnion(
  'GroupUpdate',
  GroupSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
);
export const GroupRemoveResult = resultUnion('GroupRemove', GroupSuccess, NotFound, VersionConflict);
export const GroupMembersResult = resultUnion('GroupMembers', GroupSuccess, InvalidInput, NotFound);
export const TrainingCreateResult = resultUnion('TrainingCreate', TrainingSuccess, InvalidInput);
export const TrainingUpdateResult = resultUnion(
  'TrainingUpdate',
  TrainingSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
);
export const TrainingRemoveResult = resultUnion('TrainingRemove', TrainingSuccess, NotFound, VersionConflict);
export const TrainingGrantResult = resultUnion('TrainingGrant', TrainingGrantSuccess, InvalidInput, NotFound);
export const TrainingRevokeResult = resultUnion('TrainingRevoke', TrainingGrantSuccess, NotFound);
