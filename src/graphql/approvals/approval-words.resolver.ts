import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { ApprovalRow, ApprovalWord as WordRow } from '../../sql/approvals/approval-row.js';
import type { GraphQLContext } from '../context.js';
import { keyWithId } from '../resources/name-cursor.js';
import { connectionOf, pageOf, pageSize } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { Approval, ApprovalWord } from './approval.view.js';

const ApprovalWordConnection = connectionOf(ApprovalWord, 'ApprovalWord');

@Resolver(() => Approval)
export class ApprovalWordsResolver {
  @FieldResolver(() => ApprovalWordConnection, { description: 'What was said about it, the oldest first.' })
  words(
    @Root() { words }: ApprovalRow,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
  ) {
    const size = pageSize(first);
    const last = after == null ? '' : (keyWithId(after, 1)[0] as string);
    const rows = words.filter(({ id }) => id > last).slice(0, size + 1);
    return pageOf(rows, size, after, ({ id }) => [id]);
  }
}

@Resolver(() => ApprovalWord)
export class ApprovalWordResolver {
  @FieldResolver(() => DateTime, { description: 'When.' })
  saidAt(@Root() { at }: WordRow): string {
    return at;
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who.' })
  user(@Root() { userId }: WordRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(userId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'In whose place, where a deputy spoke; else null.',
  })
  onBehalfOf(@Root() { forId }: WordRow, @Ctx() ctx: GraphQLContext) {
    return forId && userById(ctx).load(forId);
  }
}
