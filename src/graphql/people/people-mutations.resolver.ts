import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { addGroupMembers, removeGroupMembers } from '../../domain/people/change-members.js';
import { createCircle, removeCircle, updateCircle } from '../../domain/people/circle.js';
import { grantTraining, revokeTraining } from '../../domain/people/grant-training.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import {
  CircleRemoveInput,
  GroupCreateInput,
  GroupMembersInput,
  GroupUpdateInput,
  TrainingCreateInput,
  TrainingGrantInput,
  TrainingRevokeInput,
  TrainingUpdateInput,
} from './people.inputs.js';
import {
  GroupCreateResult,
  GroupMembersResult,
  GroupRemoveResult,
  GroupUpdateResult,
  TrainingCreateResult,
  TrainingGrantResult,
  TrainingRemoveResult,
  TrainingRevokeResult,
  TrainingUpdateResult,
} from './people.results.js';

type Context = GraphQLContext & ViewerCtx;
type Shown<Row> = Row | { readonly kind: string };

const group = <Row extends object>(result: Shown<Row>) => ('node' in result ? { group: result } : result);
const training = <Row extends object>(result: Shown<Row>) =>
  'node' in result ? { training: result } : result;

const WHICH_GROUP = { description: 'Which group: grp_….' };
const WHICH_TRAINING = { description: 'Which training: trn_….' };
const EXPECTED = { nullable: true as const, description: 'The version that is expected.' };
const BY = 'For managers and administrators.';

@Resolver()
export class GroupMutations {
  @Mutation(() => GroupCreateResult, { description: `Adds a group of people. ${BY}` })
  async groupCreate(
    @Arg('input', () => GroupCreateInput, { description: 'The group.' }) input: GroupCreateInput,
    @Ctx() ctx: Context,
  ) {
    return group(await createCircle(ctx, 'Group', input));
  }

  @Mutation(() => GroupUpdateResult, { description: `Renames or describes a group. ${BY}` })
  async groupUpdate(
    @Arg('id', () => ID, WHICH_GROUP) id: string,
    @Arg('input', () => GroupUpdateInput, { description: 'What is to be different.' })
    input: GroupUpdateInput,
    @Ctx() ctx: Context,
  ) {
    return group(await updateCircle(ctx, 'Group', { ...input, id: bareId('Group', id) }));
  }

  @Mutation(() => GroupRemoveResult, {
    description: `Removes a group; rules that name it admit nobody by it. ${BY}`,
  })
  async groupRemove(
    @Arg('id', () => ID, WHICH_GROUP) id: string,
    @Arg('input', () => CircleRemoveInput, EXPECTED) input: CircleRemoveInput | null,
    @Ctx() ctx: Context,
  ) {
    return group(await removeCircle(ctx, 'Group', { ...input, id: bareId('Group', id) }));
  }

  @Mutation(() => GroupMembersResult, { description: `Puts people into a group. ${BY}` })
  async groupMembersAdd(
    @Arg('id', () => ID, WHICH_GROUP) id: string,
    @Arg('input', () => GroupMembersInput, { description: 'Whom.' }) input: GroupMembersInput,
    @Ctx() ctx: Context,
  ) {
    const userIds = input.userIds.map((userId) => bareId('User', userId));
    return group(await addGroupMembers(ctx, { groupId: bareId('Group', id), userIds }));
  }

  @Mutation(() => GroupMembersResult, { description: `Takes people out of a group. ${BY}` })
  async groupMembersRemove(
    @Arg('id', () => ID, WHICH_GROUP) id: string,
    @Arg('input', () => GroupMembersInput, { description: 'Whom.' }) input: GroupMembersInput,
    @Ctx() ctx: Context,
  ) {
    const userIds = input.userIds.map((userId) => bareId('User', userId));
    return group(await removeGroupMembers(ctx, { groupId: bareId('Group', id), userIds }));
  }
}

@Resolver()
export class TrainingMutations {
  @Mutation(() => TrainingCreateResult, { description: `Adds a training. ${BY}` })
  async trainingCreate(
    @Arg('input', () => TrainingCreateInput, { description: 'The training.' }) input: TrainingCreateInput,
    @Ctx() ctx: Context,
  ) {
    return training(await createCircle(ctx, 'Training', input));
  }

  @Mutation(() => TrainingUpdateResult, { description: `Renames or describes a training. ${BY}` })
  async trainingUpdate(
    @Arg('id', () => ID, WHICH_TRAINING) id: string,
    @Arg('input', () => TrainingUpdateInput, { description: 'What is to be different.' })
    input: TrainingUpdateInput,
    @Ctx() ctx: Context,
  ) {
    return training(await updateCircle(ctx, 'Training', { ...input, id: bareId('Training', id) }));
  }

  @Mutation(() => TrainingRemoveResult, {
    description: `Removes a training; what asks for it admits nobody. ${BY}`,
  })
  async trainingRemove(
    @Arg('id', () => ID, WHICH_TRAINING) id: string,
    @Arg('input', () => CircleRemoveInput, EXPECTED) input: CircleRemoveInput | null,
    @Ctx() ctx: Context,
  ) {
    return training(await removeCircle(ctx, 'Training', { ...input, id: bareId('Training', id) }));
  }

  @Mutation(() => TrainingGrantResult, {
    description: `Says that somebody has a training, anew each time. ${BY}`,
  })
  async trainingGrant(
    @Arg('id', () => ID, WHICH_TRAINING) id: string,
    @Arg('input', () => TrainingGrantInput, { description: 'Who, and until when.' })
    input: TrainingGrantInput,
    @Ctx() ctx: Context,
  ) {
    const ids = { trainingId: bareId('Training', id), userId: bareId('User', input.userId) };
    const result = await grantTraining(ctx, { ...ids, validUntil: input.expiresAt ?? null });
    return 'kind' in result ? result : { user: userById(ctx).load(ids.userId) };
  }

  @Mutation(() => TrainingRevokeResult, { description: `Takes a training away from somebody. ${BY}` })
  async trainingRevoke(
    @Arg('id', () => ID, WHICH_TRAINING) id: string,
    @Arg('input', () => TrainingRevokeInput, { description: 'From whom.' }) input: TrainingRevokeInput,
    @Ctx() ctx: Context,
  ) {
    const ids = { trainingId: bareId('Training', id), userId: bareId('User', input.userId) };
    const result = await revokeTraining(ctx, ids);
    return 'kind' in result ? result : { user: userById(ctx).load(ids.userId) };
  }
}
