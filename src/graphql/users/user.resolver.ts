import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { globalId, parseGlobalId } from '../../domain/ids.js';
import { readUserPage, seesEmail, seesUser } from '../../domain/users/user-reader.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { decodeCursor, type Page, pageOf, pageSize } from '../schema/connection.js';
import { UserFilter } from './user.inputs.js';
import { userById } from './user.loader.js';
import { User, UserConnection } from './user.view.js';

/** A person as a field returns one; `isViewer` where somebody has just become the viewer by signing in. */
export type UserSource = UserRow & { readonly isViewer?: true };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function behind(after: string | null | undefined): { name: string; id: string } | null {
  if (after == null) return null;
  const [name, id] = decodeCursor(after, 2);
  if (typeof name !== 'string' || name.includes('\0') || typeof id !== 'string' || !UUID.test(id))
    throw badUserInput('This cursor is not one of ours.');
  return { name, id };
}

@Resolver(() => User)
export class UserResolver {
  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of creation.' })
  id(@Root() user: UserRow): string {
    return globalId('User', user.id);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'For managers, administrators and the person alone; null to others.',
  })
  email(@Root() user: UserSource, @Ctx() ctx: GraphQLContext): string | null {
    return user.isViewer || seesEmail(ctx.viewer, user.id) ? user.email : null;
  }

  @Query(() => User, { nullable: true, description: 'Who you are signed in as; null when you are not.' })
  async viewer(@Ctx() ctx: GraphQLContext): Promise<UserRow | null> {
    return ctx.viewer ? userById(ctx).load(ctx.viewer.userId) : null;
  }

  @Query(() => User, {
    nullable: true,
    description: 'One person; null where there is none that you may look up.',
  })
  async user(
    @Arg('id', () => ID, { description: 'The id that some other answer gave.' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<UserRow | null> {
    const parsed = parseGlobalId(id);
    if (parsed?.kind !== 'User' || !seesUser(ctx.viewer, parsed.id)) return null;
    return userById(ctx).load(parsed.id);
  }

  @Query(() => UserConnection, { description: 'People by name. Guests find only themselves.' })
  async users(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('filter', () => UserFilter, {
      nullable: true,
      description: 'Which people; everybody when left out.',
    })
    filter: UserFilter | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ): Promise<Page<UserRow>> {
    if (filter?.text?.includes('\0')) throw badUserInput('A text cannot contain the NUL character.');
    const page = { limit: pageSize(first) + 1, after: behind(after), filter: filter ?? {} };
    const rows = await readUserPage(ctx as ViewerCtx, page);
    return pageOf(rows, first, after, (row) => [row.name, row.id]);
  }
}
