import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { globalId } from '../../domain/ids.js';
import { seesEmail } from '../../domain/users/user-reader.js';
import { type CircleRow, circlePage } from '../../sql/people/circle.js';
import type { GrantedRow } from '../../sql/people/granted.js';
import type { GraphQLContext } from '../context.js';
import { afterName } from '../resources/name-cursor.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import type { UserSource } from '../users/user.resolver.js';
import { User, UserConnection } from '../users/user.view.js';
import { groupById, groupIdsByUser, membersOf, trainingById, trainingsByUser } from './loaders.js';
import { GrantedTraining, Group, GroupConnection, Training, TrainingConnection } from './people.view.js';

const FIRST = { defaultValue: 50, description: 'How many at most, up to 200.' };
const AFTER = { nullable: true as const, description: 'The cursor to go on behind.' };
const byName = ({ name, id }: { name: string; id: string }) => [name, id];

async function page(ctx: GraphQLContext, node: CircleRow['node'], first: number, after: string | null) {
  const size = pageSize(first);
  return pageOf(await circlePage(ctx.db, node, afterName(after), size + 1), size, after, byName);
}

@Resolver(() => Group)
export class GroupResolver {
  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation: grp_….' })
  id(@Root() group: CircleRow): string {
    return globalId('Group', group.id);
  }

  @Query(() => Group, { nullable: true, description: 'One group; null where there is none of this id.' })
  group(@Arg('id', () => ID, { description: 'grp_….' }) id: string, @Ctx() ctx: GraphQLContext) {
    return groupById(ctx).load(bareId('Group', id));
  }

  @Query(() => GroupConnection, { description: 'All groups by name.' })
  groups(
    @Arg('first', () => Int, FIRST) first: number,
    @Arg('after', () => String, AFTER) after: string | null,
    @Ctx() ctx: GraphQLContext,
  ) {
    return page(ctx, 'Group', first, after);
  }

  @FieldResolver(() => UserConnection, {
    description: 'Its people by name: for managers and administrators; empty for others.',
  })
  async members(
    @Root() group: CircleRow,
    @Arg('first', () => Int, FIRST) first: number,
    @Arg('after', () => String, AFTER) after: string | null,
    @Ctx() ctx: GraphQLContext,
  ) {
    const size = pageSize(first);
    const seen = seesEmail(ctx.viewer, '');
    const rows = seen ? await membersOf(ctx, group.id, afterName(after), size + 1) : [];
    return pageOf(rows, size, after, byName);
  }
}

@Resolver(() => Training)
export class TrainingResolver {
  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation: trn_….' })
  id(@Root() training: CircleRow): string {
    return globalId('Training', training.id);
  }

  @Query(() => Training, {
    nullable: true,
    description: 'One training; null where there is none of this id.',
  })
  training(@Arg('id', () => ID, { description: 'trn_….' }) id: string, @Ctx() ctx: GraphQLContext) {
    return trainingById(ctx).load(bareId('Training', id));
  }

  @Query(() => TrainingConnection, { description: 'All trainings by name.' })
  trainings(
    @Arg('first', () => Int, FIRST) first: number,
    @Arg('after', () => String, AFTER) after: string | null,
    @Ctx() ctx: GraphQLContext,
  ) {
    return page(ctx, 'Training', first, after);
  }
}

/** Managers and administrators see it of everybody, others of themselves: like an address. */
const sees = (ctx: GraphQLContext, user: UserSource) => user.isViewer || seesEmail(ctx.viewer, user.id);

@Resolver(() => User)
export class UserCirclesResolver {
  @FieldResolver(() => [Group], {
    description: 'By name. For managers, administrators and the person alone; empty to others.',
  })
  async groups(@Root() user: UserSource, @Ctx() ctx: GraphQLContext): Promise<CircleRow[]> {
    const ids = sees(ctx, user) ? await groupIdsByUser(ctx).load(user.id) : null;
    const groups = await Promise.all((ids ?? []).map((id) => groupById(ctx).load(id)));
    return groups.filter((group) => group !== null);
  }

  @FieldResolver(() => [GrantedTraining], {
    description:
      'By name, those that have ended included. For managers, administrators and the person alone.',
  })
  async trainings(@Root() user: UserSource, @Ctx() ctx: GraphQLContext): Promise<GrantedRow[]> {
    return (sees(ctx, user) && (await trainingsByUser(ctx).load(user.id))) || [];
  }
}

@Resolver(() => GrantedTraining)
export class GrantedTrainingResolver {
  @FieldResolver(() => Training, { nullable: true, description: 'The training itself.' })
  training(@Root() granted: GrantedRow, @Ctx() ctx: GraphQLContext) {
    return trainingById(ctx).load(granted.trainingId);
  }
}
