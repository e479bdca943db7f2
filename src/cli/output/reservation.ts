import type { ReservationFactsFragment, ReservationShowQuery } from '../../client/generated/graphql.js';
import { instantShown, spanExact, spanShown } from '../time/shown.js';
import { isoText } from '../time/zone.js';
import type { Column } from './table.js';

type Facts = ReservationFactsFragment;

/** The clocks that a reservation is meant by. */
export const zoneOf = ({ timeZone }: Pick<Facts, 'timeZone'>): string => timeZone ?? 'UTC';

/** `Elbe, 2 × Beamer` */
export const resourcesShown = (
  resources: readonly { readonly quantity: number; readonly resource: { readonly name: string } | null }[],
): string =>
  resources
    .map(({ quantity, resource }) => `${quantity > 1 ? `${quantity} × ` : ''}${resource?.name ?? '?'}`)
    .join(', ');

/** An instant by those clocks, for people and for programs; nothing where there is none. */
const instant = <T extends Facts>(head: string, at: (row: T) => string | null | undefined): Column<T> => ({
  head,
  shown: (row) => (at(row) ? instantShown(at(row) as string, zoneOf(row)) : ''),
  exact: (row) => [at(row) ? isoText(Date.parse(at(row) as string), zoneOf(row)) : ''],
});

export const RESERVATION_COLUMNS: readonly Column<Facts>[] = [
  {
    head: 'when',
    shown: (row) => spanShown(row.window, zoneOf(row)),
    exact: (row) => spanExact(row.window, zoneOf(row)),
  },
  { head: 'resource', shown: ({ resources }) => resourcesShown(resources) },
  { head: 'title', shown: ({ title }) => title, gives: true },
  { head: 'owner', shown: ({ owner }) => owner?.name ?? '' },
  { head: 'state', shown: ({ state }) => state },
  { head: 'id', shown: ({ id }) => id },
];

export const RESERVATION_FACTS: readonly Column<NonNullable<ReservationShowQuery['reservation']>>[] = [
  ...RESERVATION_COLUMNS,
  { head: 'details', shown: ({ details }) => details },
  instant('expires', ({ state, expiresAt }) =>
    ['HELD', 'PENDING_APPROVAL'].includes(state) ? expiresAt : null,
  ),
  instant('check-in from', ({ checkIn }) => checkIn?.opensAt),
  instant('released', ({ checkIn }) => checkIn?.releaseAt),
  instant('checked in', ({ checkIn }) => checkIn?.checkedInAt),
  instant('checked out', ({ checkIn }) => checkIn?.checkedOutAt),
  { head: 'version', shown: ({ version }) => String(version) },
];
