import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { notFound } from '../../domain/failure.js';
import { parseGlobalId } from '../../domain/ids.js';
import { createUser } from '../../domain/users/create-user.js';
import type { HashingCtx } from '../../domain/users/password-hasher.js';
import { setPassword } from '../../domain/users/set-password.js';
import { updateUser } from '../../domain/users/update-user.js';
import type { GraphQLContext } from '../context.js';
import { PasswordSetInput, UserCreateInput, UserUpdateInput } from './user.inputs.js';
import { userById } from './user.loader.js';
import { PasswordSetResult, UserCreateResult, UserUpdateResult } from './user.results.js';

type SignedInCtx = ViewerCtx & HashingCtx;

const bareId = (id: string): string | null => {
  const parsed = parseGlobalId(id);
  return parsed?.kind === 'User' ? parsed.id : null;
};

@Resolver()
export class UserMutations {
  @Mutation(() => UserCreateResult, { description: 'Adds a person. For administrators.' })
  async userCreate(
    @Arg('input', () => UserCreateInput, { description: 'Who.' }) input: UserCreateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const result = await createUser(ctx as SignedInCtx, input);
    return 'kind' in result ? result : { user: result };
  }

  @Mutation(() => UserUpdateResult, {
    description:
      'Changes a person: administrators everything of everybody, others their own name, time zone and language.',
  })
  async userUpdate(
    @Arg('id', () => ID, { description: 'Whom.' }) id: string,
    @Arg('input', () => UserUpdateInput, { description: 'What is to be different.' }) input: UserUpdateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const bare = bareId(id);
    if (!bare) return notFound(['id'], 'user');
    const result = await updateUser(ctx as SignedInCtx, { ...input, id: bare });
    if (!('kind' in result)) return { user: result };
    if (result.kind !== 'VersionConflict') return result;
    return { ...result, current: await userById(ctx).load(result.current.id) };
  }

  @Mutation(() => PasswordSetResult, {
    description: 'Gives somebody a password and ends the sessions of that person. For administrators.',
  })
  async passwordSet(
    @Arg('id', () => ID, { description: 'Whose password.' }) id: string,
    @Arg('input', () => PasswordSetInput, { description: 'The password.' }) input: PasswordSetInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const bare = bareId(id);
    if (!bare) return notFound(['id'], 'user');
    const result = await setPassword(ctx as SignedInCtx, { id: bare, password: input.password });
    return 'kind' in result ? result : { user: result };
  }
}
