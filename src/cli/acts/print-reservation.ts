import type { ReservationFactsFragment } from '../../client/generated/graphql.js';
import { clean } from '../output/clean.js';
import type { Output } from '../output/output.js';
import { RESERVATION_COLUMNS, resourcesShown, zoneOf } from '../output/reservation.js';
import { printRows } from '../output/table.js';
import { instantShown, spanShown } from '../time/shown.js';

const SAID: Partial<Record<ReservationFactsFragment['state'], string>> = {
  HELD: 'Held',
  PENDING_APPROVAL: 'Waits for approval',
  CONFIRMED: 'Reserved',
  CHECKED_IN: 'Checked in',
  CANCELLED: 'Cancelled',
  COMPLETED: 'Checked out',
};

/** What became of a reservation: a sentence for people, its row for programs. */
export function printReservation(out: Output, reservation: ReservationFactsFragment): void {
  if (out.isJson) {
    out.json(reservation);
    return;
  }
  if (!out.isTerminal) {
    printRows(out, RESERVATION_COLUMNS, [reservation]);
    return;
  }
  const { id, state, window, title, resources, expiresAt } = reservation;
  const zone = zoneOf(reservation);
  const dies = state === 'HELD' || state === 'PENDING_APPROVAL' ? expiresAt : null;
  const until = dies ? `, until ${instantShown(dies, zone)}` : '';
  out.line(
    `${out.paint('green', SAID[state] ?? state)}${until}: ${clean(resourcesShown(resources))}, ${spanShown(window, zone)}, ${clean(title)}`,
  );
  out.line(out.paint('dim', id));
}
