import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { addComment } from '../../domain/comments/add-comment.js';
import { editComment, removeComment } from '../../domain/comments/change-comment.js';
import { globalId } from '../../domain/ids.js';
import type { CommentRow } from '../../sql/comments/comment-row.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { Reservation } from '../reservations/reservation.view.js';
import { keyWithId } from '../resources/name-cursor.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import {
  Comment,
  CommentAddResult,
  CommentConnection,
  CommentEditResult,
  CommentInput,
  CommentRemoveResult,
} from './comment.view.js';
import { commentPage, pageKey } from './loaders.js';

type Context = GraphQLContext & ViewerCtx;
const shown = (result: object) => ('node' in result ? { comment: result } : result);

@Resolver(() => Comment)
export class CommentResolver {
  @Mutation(() => CommentAddResult, {
    description:
      'Says something about a reservation; the others whom it concerns are told. For whoever sees it.',
  })
  async commentAdd(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => CommentInput, { description: 'The words.' }) { words }: CommentInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return shown(await addComment(ctx, { id: bareId('Reservation', id), words }));
  }

  @Mutation(() => CommentEditResult, {
    description: "Puts one's own comment in other words; nobody is told again.",
  })
  async commentEdit(
    @Arg('id', () => ID, { description: 'cmt_…: the comment.' }) id: string,
    @Arg('input', () => CommentInput, { description: 'The new words.' }) { words }: CommentInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return shown(await editComment(ctx, { id: bareId('Comment', id), words }));
  }

  @Mutation(() => CommentRemoveResult, {
    description: "Takes back one's own comment; managers and administrators take out anybody's.",
  })
  async commentRemove(
    @Arg('id', () => ID, { description: 'cmt_…: the comment.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    return shown(await removeComment(ctx, bareId('Comment', id)));
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by its time: cmt_….' })
  id(@Root() { id }: CommentRow): string {
    return globalId('Comment', id);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who has said it.' })
  author(@Root() { authorId }: CommentRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(authorId);
  }
}

/** What was said about a reservation. */
@Resolver(() => Reservation)
export class ReservationCommentsResolver {
  @FieldResolver(() => CommentConnection, { description: 'What was said about it, the first word first.' })
  async comments(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null,
    @Root() row: ReservationRow,
    @Ctx() ctx: GraphQLContext,
  ) {
    const size = pageSize(first);
    const last = after == null ? null : (keyWithId(after, 1)[0] as string);
    const rows = (await commentPage(ctx).load(pageKey(size + 1, row.id, last))) ?? [];
    return pageOf([...rows], size, after, ({ id }) => [id]);
  }
}
