import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { attachFile } from '../../domain/attachments/attach-file.js';
import { removeAttachment } from '../../domain/attachments/remove-attachment.js';
import { FILES } from '../../domain/attachments/upload-token.js';
import { reason, refused } from '../../domain/decisions/reason.js';
import { globalId } from '../../domain/ids.js';
import type { AttachmentRow } from '../../sql/attachments/attachment-row.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { Reservation } from '../reservations/reservation.view.js';
import { bareId } from '../schema/ids.js';
import { userById } from '../users/user.loader.js';
import { User } from '../users/user.view.js';
import {
  Attachment,
  AttachmentAddInput,
  AttachmentAddResult,
  AttachmentRemoveResult,
} from './attachment.view.js';
import { attachmentsOf } from './loaders.js';

type Context = GraphQLContext & ViewerCtx;
const addressOf = ({ publicUrl }: GraphQLContext, name: string): string =>
  `${publicUrl ?? ''}${FILES}${name}`;

@Resolver(() => Attachment)
export class AttachmentResolver {
  @Mutation(() => AttachmentAddResult, {
    description:
      'Announces a file of a reservation. Its bytes are then PUT to the address that this gives, within a quarter of an hour. For whoever may change the reservation.',
  })
  async attachmentAdd(
    @Arg('id', () => ID, { description: 'The reservation.' }) id: string,
    @Arg('input', () => AttachmentAddInput, { description: 'The file.' }) input: AttachmentAddInput,
    @Ctx() ctx: Context,
  ): Promise<object> {
    if (!ctx.files) return refused([reason('NOT_PERMITTED', 'This server keeps no files.')]);
    const { name, type, size } = input;
    const result = await attachFile(ctx, ctx.files, { id: bareId('Reservation', id), name, type, size });
    return result.kind === 'Awaited' ? { ...result, uploadUrl: addressOf(ctx, result.token) } : result;
  }

  @Mutation(() => AttachmentRemoveResult, {
    description: 'Removes a file. For who has attached it, and whoever may change the reservation.',
  })
  async attachmentRemove(
    @Arg('id', () => ID, { description: 'att_…: the file.' }) id: string,
    @Ctx() ctx: Context,
  ): Promise<object> {
    const result = await removeAttachment(ctx, bareId('Attachment', id));
    return 'node' in result ? { reservation: result } : result;
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by announcement: att_….' })
  id(@Root() { id }: AttachmentRow): string {
    return globalId('Attachment', id);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who has attached it.' })
  uploader(@Root() { uploaderId }: AttachmentRow, @Ctx() ctx: GraphQLContext) {
    return userById(ctx).load(uploaderId);
  }

  @FieldResolver(() => String, {
    description: 'Where it is got from, with the same Authorization header as every operation.',
  })
  url(@Root() { id }: AttachmentRow, @Ctx() ctx: GraphQLContext): string {
    return addressOf(ctx, globalId('Attachment', id));
  }
}

/** What a reservation says of its files. */
@Resolver(() => Reservation)
export class ReservationAttachmentsResolver {
  @FieldResolver(() => [Attachment], { description: 'Its files from the first on, at most 20.' })
  async attachments(@Root() row: ReservationRow, @Ctx() ctx: GraphQLContext) {
    return (await attachmentsOf(ctx).load(row.id)) ?? [];
  }
}
