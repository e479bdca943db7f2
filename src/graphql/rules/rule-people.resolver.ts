import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type {
  Access,
  Approvers as ApproversOf,
  Quota,
  WaitPriority as WaitPriorityOf,
} from '../../domain/schedules/rule.js';
import { seesUser } from '../../domain/users/user-reader.js';
import type { GraphQLContext } from '../context.js';
import { groupById, trainingById } from '../people/loaders.js';
import { Group, Training } from '../people/people.view.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { Approvers } from './approval.view.js';
import { AccessSettings, QuotaSettings } from './rule-settings.view.js';
import { WaitPriority } from './waitlist-settings.view.js';

const there = <Row>(rows: readonly (Row | null)[]): Row[] => rows.filter((row) => row !== null);

@Resolver(() => AccessSettings)
export class AccessPeopleResolver {
  @FieldResolver(() => [Group], { description: 'Whose members are let in; those that are gone are missing.' })
  async groups(@Root() { groupIds }: Access, @Ctx() ctx: GraphQLContext) {
    return there(await Promise.all((groupIds ?? []).map((id) => groupById(ctx).load(id))));
  }

  @FieldResolver(() => [Training], {
    description: 'What everybody needs, valid to the end of the window; those that are gone are missing.',
  })
  async trainings(@Root() { trainingIds }: Access, @Ctx() ctx: GraphQLContext) {
    return there(await Promise.all(trainingIds.map((id) => trainingById(ctx).load(id))));
  }
}

@Resolver(() => QuotaSettings)
export class QuotaPeopleResolver {
  @FieldResolver(() => Group, {
    nullable: true,
    description: 'Whose members are counted together, and nobody else; null counts each person alone.',
  })
  group(@Root() { groupId }: Quota, @Ctx() ctx: GraphQLContext) {
    return groupId ? groupById(ctx).load(groupId) : null;
  }
}

@Resolver(() => Approvers)
export class ApproversResolver {
  @FieldResolver(() => [User], { description: 'The people named, as far as the viewer may see them.' })
  async users(@Root() { userIds }: ApproversOf, @Ctx() ctx: GraphQLContext) {
    const seen = userIds.filter((id) => seesUser(ctx.viewer, id));
    return there(await Promise.all(seen.map((id) => userById(ctx).load(id))));
  }

  @FieldResolver(() => [Group], { description: 'Whose members decide; those that are gone are missing.' })
  async groups(@Root() { groupIds }: ApproversOf, @Ctx() ctx: GraphQLContext) {
    return there(await Promise.all(groupIds.map((id) => groupById(ctx).load(id))));
  }
}

@Resolver(() => WaitPriority)
export class WaitPriorityResolver {
  @FieldResolver(() => [Group], { description: 'Whose members have it; those that are gone are missing.' })
  async groups(@Root() { groupIds }: WaitPriorityOf, @Ctx() ctx: GraphQLContext) {
    return there(await Promise.all(groupIds.map((id) => groupById(ctx).load(id))));
  }
}
