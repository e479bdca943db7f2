import {
  type NotificationFactsFragment,
  NotificationsListDocument,
  NotificationWatchDocument,
} from '../../client/generated/graphql.js';
import type { Act } from '../leaf.js';
import { cleanJson } from '../output/clean.js';
import { type Column, printRows } from '../output/table.js';
import { instantShown } from '../time/shown.js';
import { isoText } from '../time/zone.js';
import { follow } from './follow.js';
import { type Paging, readPages } from './pages.js';

interface Options extends Paging {
  readonly unread?: boolean;
  readonly watch?: boolean;
}

/** How far back it looks for what is new. */
const LOOK = 50;

const columnsIn = (zone: string): readonly Column<NotificationFactsFragment>[] => [
  {
    head: 'at',
    shown: ({ createdAt }) => instantShown(createdAt, zone),
    exact: ({ createdAt }) => [isoText(Date.parse(createdAt), zone)],
  },
  { head: 'kind', shown: ({ kind }) => kind },
  { head: 'message', shown: ({ message }) => message, gives: true },
  { head: 'reservation', shown: ({ reservation }) => reservation?.id ?? '' },
];

export const notificationList: Act<Options> = async (session, options) => {
  const { out } = session;
  const columns = columnsIn(session.zoneAt());
  const unreadOnly = options.unread ?? false;
  const page = async (first: number, after: string | null) =>
    (await session.call(NotificationsListDocument, { unreadOnly, first, after })).notifications;
  const rows = await readPages(session, options, page);
  if (!options.watch) {
    if (out.isJson) out.json(rows);
    else printRows(out, columns, rows);
    return;
  }
  const told = new Set<string>();
  const tell = (news: readonly NotificationFactsFragment[]) => {
    for (const row of [...news].reverse().filter(({ id }) => !told.has(id))) {
      if (out.isJson) out.line(cleanJson(row, true));
      else printRows(out, columns, [row], told.size === 0);
      told.add(row.id);
    }
  };
  tell(rows);
  // Each is a sign to look: what came while no connection was there is found with it.
  for await (const _ of follow(session, NotificationWatchDocument, () => ({})))
    tell((await page(LOOK, null)).nodes);
};
