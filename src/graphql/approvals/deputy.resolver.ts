import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { addDeputyOf, readDeputies, removeDeputy } from '../../domain/approvals/deputies.js';
import { globalId } from '../../domain/ids.js';
import type { DeputyRow } from '../../sql/approvals/deputies.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { DeputyAddInput } from './approval.inputs.js';
import { DeputyAddResult, DeputyRemoveResult } from './approval.results.js';
import { Deputy } from './approval.view.js';

type Context = GraphQLContext & ViewerCtx;
const shown = (result: object) => ('node' in result ? { deputy: result } : result);

@Resolver(() => Deputy)
export class DeputyResolver {
  @Query(() => [Deputy], {
    description: 'Who decides in the place of the viewer, now or later, by their start; at most 20.',
  })
  deputies(@Ctx() ctx: Context): Promise<DeputyRow[]> {
    return readDeputies(ctx);
  }

  @Mutation(() => DeputyAddResult, {
    description: 'Lets somebody decide in the place of the viewer, in all approvals, for a time.',
  })
  async deputyAdd(
    @Arg('input', () => DeputyAddInput, { description: 'Who, and when.' }) input: DeputyAddInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const deputyId = bareId('User', input.deputyId);
    return shown(await addDeputyOf(ctx, { deputyId, from: input.from ?? null, until: input.until ?? null }));
  }

  @Mutation(() => DeputyRemoveResult, {
    description: 'Ends that. For whose deputy it is, and administrators.',
  })
  async deputyRemove(
    @Arg('id', () => ID, { description: 'dep_….' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return shown(await removeDeputy(ctx, bareId('Deputy', id)));
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: dep_….' })
  id(@Root() deputy: DeputyRow): string {
    return globalId('Deputy', deputy.id);
  }

  @FieldResolver(() => User, { nullable: true, description: 'In whose place.' })
  user(@Root() { userId }: DeputyRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(userId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who decides.' })
  deputy(@Root() { deputyId }: DeputyRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(deputyId);
  }
}
