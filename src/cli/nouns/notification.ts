import type { Command } from 'commander';
import type { Leaf } from '../leaf.js';
import { paged } from './options.js';

export function addNotification(program: Command, leaf: Leaf): void {
  const notification = program.command('notification').description('what you are told');
  paged(
    leaf(notification, 'list', 'list it, the newest first', () =>
      import('../acts/notification-list.js').then(({ notificationList }) => notificationList),
    )
      .option('--unread', 'only what is not marked as read')
      .option('--watch', 'go on with what comes'),
  );
}
