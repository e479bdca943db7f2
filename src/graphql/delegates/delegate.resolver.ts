import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { globalId } from '../../domain/ids.js';
import {
  addDelegateOf,
  readDelegates,
  readDelegators,
  removeDelegate,
} from '../../domain/people/delegates.js';
import type { DelegateRow } from '../../sql/people/delegates.js';
import type { GraphQLContext } from '../context.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { DelegateAddInput } from './delegate.inputs.js';
import { DelegateAddResult, DelegateRemoveResult } from './delegate.results.js';
import { Delegate } from './delegate.view.js';

type Context = GraphQLContext & ViewerCtx;
const shown = (result: object) => ('node' in result ? { delegate: result } : result);
const userOf = (id: string | null | undefined) => (id == null ? null : bareId('User', id));

@Resolver(() => Delegate)
export class DelegateResolver {
  @Query(() => [Delegate], {
    description: 'Who acts in the name of a person, the first one first; at most 20.',
  })
  delegates(
    @Arg('ownerId', () => ID, {
      nullable: true,
      description: 'The person; the viewer without it, and others for administrators alone.',
    })
    ownerId: string | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<DelegateRow[]> {
    return readDelegates(ctx, userOf(ownerId));
  }

  @Query(() => [Delegate], { description: 'In whose names a person acts, the first one first; at most 200.' })
  delegators(
    @Arg('delegateId', () => ID, {
      nullable: true,
      description: 'The person; the viewer without it, and others for administrators alone.',
    })
    delegateId: string | null | undefined,
    @Ctx() ctx: Context,
  ): Promise<DelegateRow[]> {
    return readDelegators(ctx, userOf(delegateId));
  }

  @Mutation(() => DelegateAddResult, {
    description:
      'Lets somebody reserve, hold, confirm, change, move, cancel, make series and wait in the name of a person, who is told of it, and see what is private of theirs.',
  })
  async delegateAdd(
    @Arg('input', () => DelegateAddInput, { description: 'Who, for whom, and until when.' })
    input: DelegateAddInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const delegateId = bareId('User', input.delegateId);
    return shown(
      await addDelegateOf(ctx, { delegateId, ownerId: userOf(input.ownerId), until: input.until ?? null }),
    );
  }

  @Mutation(() => DelegateRemoveResult, {
    description: 'Ends that at once. For both whom it concerns, and administrators.',
  })
  async delegateRemove(
    @Arg('id', () => ID, { description: 'dlg_….' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return shown(await removeDelegate(ctx, bareId('Delegate', id)));
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: dlg_….' })
  id(@Root() delegate: DelegateRow): string {
    return globalId('Delegate', delegate.id);
  }

  @FieldResolver(() => User, { nullable: true, description: 'In whose name.' })
  owner(@Root() { userId }: DelegateRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(userId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who acts.' })
  delegate(@Root() { delegateId }: DelegateRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(delegateId);
  }
}
