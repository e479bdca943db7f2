import { messageOf } from '../../src/domain/notifications/tell.js';
import type { NotificationRow } from '../../src/sql/notifications/read-notifications.js';
import { notificationsPage } from '../../src/sql/notifications/read-notifications.js';
import { type Database, statement } from '../../src/sql/statement.js';

export interface Told {
  readonly kind: NotificationRow['kind'];
  readonly userId: string;
  readonly message: string;
}

const OWNERS = statement<{ userId: string }>(
  'kit-told',
  `select distinct user_id as "userId" from notification where reservation_id = $1`,
);

/** What people were told of the reservation in the app, each from the first to the last. */
export async function toldOf(db: Database, { id }: { readonly id: string }): Promise<Told[]> {
  const owners = await db.query(OWNERS, [id]);
  const pages = await Promise.all(
    owners.map(({ userId }) => notificationsPage(db, userId, null, false, 200)),
  );
  return pages
    .flat()
    .filter(({ reservationId }) => reservationId === id)
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
    .map((row) => ({ kind: row.kind, userId: row.userId, message: messageOf(row) }));
}
