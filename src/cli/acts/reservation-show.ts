import { ReservationShowDocument, type ReservationShowQuery } from '../../client/generated/graphql.js';
import type { Session } from '../account/session.js';
import { notFound } from '../failure.js';
import type { Act } from '../leaf.js';
import { RESERVATION_FACTS } from '../output/reservation.js';
import { printFacts } from '../output/table.js';

export async function findReservation(
  session: Session,
  id: string,
): Promise<NonNullable<ReservationShowQuery['reservation']>> {
  const { reservation } = await session.call(ReservationShowDocument, { id });
  if (reservation) return reservation;
  throw notFound(`There is no reservation ${id} that you may see.`, 'See: holdfast reservation list --mine');
}

export const reservationShow: Act = async (session, _options, id) => {
  const reservation = await findReservation(session, id as string);
  if (session.out.isJson) session.out.json(reservation);
  else printFacts(session.out, RESERVATION_FACTS, reservation);
};
