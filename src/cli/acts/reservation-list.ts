import { type ReservationState, ReservationsListDocument } from '../../client/generated/graphql.js';
import type { Act } from '../leaf.js';
import { RESERVATION_COLUMNS } from '../output/reservation.js';
import { printRows } from '../output/table.js';
import { findResource } from './find-resource.js';
import { type Paging, readPages } from './pages.js';
import { viewedWindow } from './viewed-window.js';

interface Options extends Paging {
  readonly mine?: boolean;
  readonly resource?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cancelled?: boolean;
}

const DAYS = 30;
const LIVE: ReservationState[] = [
  'HELD',
  'PENDING_APPROVAL',
  'CONFIRMED',
  'CHECKED_IN',
  'COMPLETED',
  'NO_SHOW',
];

export const reservationList: Act<Options> = async (session, options) => {
  const { resource, mine, cancelled } = options;
  const one = resource === undefined ? null : await findResource(session, resource);
  const resourceIds = one && [one.id];
  const window = viewedWindow(session.zoneAt(one), options, DAYS);
  const filter = { mine: mine ?? null, resourceIds, window, states: cancelled ? null : LIVE };
  const rows = await readPages(session, options, async (first, after) => {
    const { reservations } = await session.call(ReservationsListDocument, { filter, first, after });
    return reservations;
  });
  if (session.out.isJson) session.out.json(rows);
  else printRows(session.out, RESERVATION_COLUMNS, rows);
};
