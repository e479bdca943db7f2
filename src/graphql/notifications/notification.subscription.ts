import { Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { ViewerCtx } from '../../domain/act.js';
import type { NotificationRow } from '../../sql/notifications/read-notifications.js';
import type { GraphQLContext } from '../context.js';
import { unavailable } from '../errors.js';
import { clearLoaders } from '../loader.js';
import { noticeStream } from './notice-stream.js';
import { Notification } from './notification.view.js';

@Resolver()
export class NotificationSubscription {
  @Subscription(() => Notification, {
    description:
      "Each of the viewer's own as it is written, on whichever instance. What came before is in `notifications`: subscribe first, then read.",
    subscribe: ({ context }) => {
      const { notices, viewer } = context as GraphQLContext & ViewerCtx;
      if (!notices) throw unavailable();
      return noticeStream(notices, viewer.userId);
    },
  })
  notificationAdded(@Root() row: NotificationRow, @Ctx() ctx: GraphQLContext): NotificationRow {
    clearLoaders(ctx);
    return row;
  }
}
