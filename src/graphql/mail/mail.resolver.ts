import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { globalId } from '../../domain/ids.js';
import { resendMail } from '../../domain/mail/resend-mail.js';
import { subjectOf } from '../../domain/notifications/tell.js';
import type { MailRow } from '../../sql/mail/mail-row.js';
import { mailPage } from '../../sql/mail/read-mails.js';
import type { GraphQLContext } from '../context.js';
import { keyWithId } from '../resources/name-cursor.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import { Mail, MailConnection, MailResendResult, MailStatus } from './mail.view.js';

@Resolver(() => Mail)
export class MailResolver {
  @Query(() => MailConnection, {
    description: 'All mails, the newest first, as long as history is kept. For administrators.',
  })
  async mails(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('status', () => MailStatus, { nullable: true, description: 'Only those of this status.' })
    status: MailStatus | null | undefined,
    @Ctx() ctx: GraphQLContext,
  ) {
    const last = after == null ? null : (keyWithId(after, 1)[0] as string);
    const rows = await mailPage(ctx.db, last, status ?? null, pageSize(first) + 1);
    return pageOf(rows, first, after, ({ id }) => [id]);
  }

  @Mutation(() => MailResendResult, {
    description:
      'Sends a mail again under the same Message-ID, whatever became of it, to the address that the person has by now. For administrators.',
  })
  async mailResend(
    @Arg('id', () => ID, { description: 'Which mail: mal_….' }) id: string,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    const result = await resendMail(ctx, { id: bareId('Mail', id) });
    return 'node' in result ? { mail: result } : result;
  }

  @FieldResolver(() => ID, { description: 'What its Message-ID begins with at every attempt: mal_….' })
  id(@Root() { id }: MailRow): string {
    return globalId('Mail', id);
  }

  @FieldResolver(() => MailStatus, { description: 'What has become of it.' })
  status(@Root() { nextAt, sentAt, collectedAt }: MailRow): MailStatus {
    if (collectedAt !== null) return MailStatus.COLLECTED;
    if (nextAt !== null) return MailStatus.PENDING;
    return sentAt === null ? MailStatus.FAILED : MailStatus.SENT;
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'To whom it goes, at the address of now; null for a guest without an account.',
  })
  recipient(@Root() { userId }: MailRow, @Ctx() ctx: GraphQLContext) {
    return userId && userById(ctx).load(userId);
  }

  @FieldResolver(() => String, { description: 'Its subject, in the language of the recipient.' })
  subject(@Root() { language, kind, event }: MailRow): string {
    return subjectOf(language, kind, event);
  }
}
