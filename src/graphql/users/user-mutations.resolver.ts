import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { createPerson, updatePerson } from '../../domain/auth/change-person.js';
import { handToDirectory, unlinkFromDirectory } from '../../domain/auth/directory-link.js';
import { setPassword } from '../../domain/auth/set-password.js';
import { notFound } from '../../domain/failure.js';
import { parseGlobalId } from '../../domain/ids.js';
import type { HashingCtx } from '../../domain/users/password-hasher.js';
import type { GraphQLContext } from '../context.js';
import { PasswordSetInput, UserCreateInput, UserUpdateInput } from './user.inputs.js';
import { userById } from './user.loader.js';
import {
  PasswordSetResult,
  UserCreateResult,
  UserHandToDirectoryResult,
  UserUnlinkResult,
  UserUpdateResult,
} from './user.results.js';

type SignedInCtx = ViewerCtx & HashingCtx;

const bareId = (id: string): string | null => {
  const parsed = parseGlobalId(id);
  return parsed?.kind === 'User' ? parsed.id : null;
};

@Resolver()
export class UserMutations {
  @Mutation(() => UserCreateResult, {
    description: 'Adds a person. For administrators; a new administrator wants a fresh proof of who asks.',
  })
  async userCreate(
    @Arg('input', () => UserCreateInput, { description: 'Who.' }) input: UserCreateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const result = await createPerson(ctx as SignedInCtx, input);
    return 'kind' in result ? result : { user: result };
  }

  @Mutation(() => UserUpdateResult, {
    description:
      'Changes a person: administrators everything of everybody, others their own name, time zone and language. Who makes an administrator of somebody proves first who asks.',
  })
  async userUpdate(
    @Arg('id', () => ID, { description: 'Whom.' }) id: string,
    @Arg('input', () => UserUpdateInput, { description: 'What is to be different.' }) input: UserUpdateInput,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const bare = bareId(id);
    if (!bare) return notFound(['id'], 'user');
    const result = await updatePerson(ctx as SignedInCtx, { ...input, id: bare });
    if (!('kind' in result)) return { user: result };
    if (result.kind !== 'VersionConflict') return result;
    return { ...result, current: await userById(ctx).load(result.current.id) };
  }

  @Mutation(() => PasswordSetResult, {
    description:
      'Gives somebody a password and ends the sessions of that person. For administrators, who prove first who asks.',
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

  @Mutation(() => UserHandToDirectoryResult, {
    description:
      'Takes a password away, so that whoever the directory has under this address becomes this person. For administrators, who know that the two are the same, and prove first who asks.',
  })
  async userHandToDirectory(
    @Arg('id', () => ID, { description: 'Whom: usr_….' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const bare = bareId(id);
    if (!bare) return notFound(['id'], 'user');
    const result = await handToDirectory(ctx as SignedInCtx, { id: bare });
    return 'kind' in result ? result : { user: result };
  }

  @Mutation(() => UserUnlinkResult, {
    description:
      'Takes the link to a person of the directory away, where it was wrong. Give a password, or the address links anew. For administrators, who prove first who asks.',
  })
  async userUnlink(
    @Arg('id', () => ID, { description: 'Whom: usr_….' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const bare = bareId(id);
    if (!bare) return notFound(['id'], 'user');
    const result = await unlinkFromDirectory(ctx as SignedInCtx, { id: bare });
    return 'kind' in result ? result : { user: result };
  }
}
