import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { AuthViewerCtx } from '../../domain/auth/identity.js';
import { revokeSession, revokeSessionsOf } from '../../domain/auth/revoke-sessions.js';
import { deviceOf, readSessionPage, readSessions } from '../../domain/auth/session-reader.js';
import { globalId } from '../../domain/ids.js';
import { reaches } from '../../domain/scopes.js';
import type { SessionRow } from '../../sql/sessions/session-page.js';
import type { UserRow } from '../../sql/users/user-columns.js';
import type { GraphQLContext } from '../context.js';
import { defineLoader } from '../loader.js';
import { keyWithId } from '../resources/name-cursor.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { User } from '../users/user.view.js';
import { Session, SessionConnection, SessionRevokeResult, SessionsRevokeResult } from './session.view.js';

/** Live ones that the viewer may see. */
export const sessionById = defineLoader(readSessions);

@Resolver(() => Session)
export class SessionResolver {
  @FieldResolver(() => ID, { description: 'Opaque, and sortable by the time of the sign-in: ses_….' })
  id(@Root() { id }: SessionRow): string {
    return globalId('Session', id);
  }

  @FieldResolver(() => String)
  device(@Root() { userAgent }: SessionRow): string | null {
    return deviceOf(userAgent);
  }

  @FieldResolver(() => Boolean)
  isCurrent(@Root() { id }: SessionRow, @Ctx() ctx: GraphQLContext): boolean {
    return ctx.viewer?.sessionId === id;
  }

  @Mutation(() => SessionRevokeResult, {
    description: 'Ends a session of yours, or, as an administrator, of anybody; this one too.',
  })
  async sessionRevoke(
    @Arg('id', () => ID, { description: 'Which one: ses_….' }) id: string,
    @Ctx() ctx: GraphQLContext,
  ): Promise<object> {
    const result = await revokeSession(ctx as AuthViewerCtx, { id: bareId('Session', id) });
    return typeof result === 'string' ? { id: globalId('Session', result) } : result;
  }

  @Mutation(() => SessionsRevokeResult, {
    description: 'Ends all your sessions but this one, or, as an administrator, those of somebody else.',
  })
  async sessionsRevoke(
    @Arg('id', () => ID, { nullable: true, description: 'Whose: usr_…; your own when left out.' })
    id: string | null | undefined,
    @Ctx() ctx: GraphQLContext & AuthViewerCtx,
  ): Promise<object> {
    const whose = id == null ? ctx.viewer.userId : bareId('User', id);
    const result = await revokeSessionsOf(ctx, { userId: whose });
    return typeof result === 'number' ? { endedSessions: result } : result;
  }
}

@Resolver(() => User)
export class UserSessionsResolver {
  @FieldResolver(() => SessionConnection, {
    nullable: true,
    description:
      'Where this person is signed in, the newest first: for the person and for administrators; null to others.',
  })
  async sessions(
    @Root() user: UserRow,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    if (!reaches(ctx.viewer, 'administer')) return null;
    const last = after == null ? null : (keyWithId(after, 1)[0] as string);
    const rows = await readSessionPage(ctx, user.id, last, pageSize(first) + 1);
    return rows && pageOf(rows, first, after, ({ id }) => [id]);
  }
}
