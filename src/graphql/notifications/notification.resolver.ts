import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import { globalId } from '../../domain/ids.js';
import { markRead } from '../../domain/notifications/mark-read.js';
import { readNotificationPage } from '../../domain/notifications/notification-reader.js';
import { messageOf } from '../../domain/notifications/tell.js';
import type { NotificationRow } from '../../sql/notifications/read-notifications.js';
import type { GraphQLContext } from '../context.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { keyWithId } from '../resources/name-cursor.js';
import { pageOf, pageSize } from '../schema/connection.js';
import { bareId } from '../schema/ids.js';
import {
  Notification,
  NotificationConnection,
  NotificationReadInput,
  NotificationReadResult,
} from './notification.view.js';

@Resolver(() => Notification)
export class NotificationResolver {
  @Query(() => NotificationConnection, { description: "The viewer's own, the newest first." })
  async notifications(
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many at most, up to 200.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The cursor to go on behind.' })
    after: string | null | undefined,
    @Arg('unreadOnly', () => Boolean, {
      defaultValue: false,
      description: 'Leave out what is marked as read.',
    })
    unreadOnly: boolean,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ) {
    const last = after == null ? null : (keyWithId(after, 1)[0] as string);
    const rows = await readNotificationPage(ctx, last, unreadOnly, pageSize(first) + 1);
    return pageOf(rows, first, after, ({ id }) => [id]);
  }

  @Mutation(() => NotificationReadResult, { description: "Marks some of the viewer's own as read." })
  async notificationRead(
    @Arg('input', () => NotificationReadInput, { description: 'Which ones.' }) input: NotificationReadInput,
    @Ctx() ctx: GraphQLContext & ViewerCtx,
  ): Promise<object> {
    const ids = input.ids.map((id) => bareId('Notification', id));
    const result = await markRead(ctx, ids);
    return Array.isArray(result) ? { notifications: result } : result;
  }

  @FieldResolver(() => ID, { description: 'Opaque, sortable by creation: ntf_….' })
  id(@Root() { id }: NotificationRow): string {
    return globalId('Notification', id);
  }

  @FieldResolver(() => String, {
    description: "The same in one line for people, in the viewer's language and the clocks of the resource.",
  })
  message(@Root() row: NotificationRow): string {
    return messageOf(row);
  }

  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'The reservation that it is about, as it is by now; null where the viewer may not see it.',
  })
  reservation(@Root() { reservationId }: NotificationRow, @Ctx() ctx: GraphQLContext) {
    return reservationId && reservationById(ctx).load(reservationId);
  }
}
