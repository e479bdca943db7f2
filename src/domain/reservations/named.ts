import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import { localText } from '../time/local-day.js';

/** “Planning” in Room 1 on 2027-03-02 at 09:00. */
export function named(
  { title, startsAt }: Pick<ReservationRow, 'title' | 'startsAt'>,
  where: string,
  timeZone: string,
): string {
  const local = localText(Date.parse(startsAt), timeZone);
  return `“${title}” in ${where} on ${local.slice(0, 10)} at ${local.slice(11, 16)}`;
}
