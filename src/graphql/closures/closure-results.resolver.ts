import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Met } from '../../domain/closings/lay-closures.js';
import { mayRead } from '../../domain/reservations/rights.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { Reservation } from '../reservations/reservation.view.js';
import { MetReservations } from './closure.results.js';

@Resolver(() => MetReservations)
export class MetReservationsResolver {
  @FieldResolver(() => [Reservation], {
    description: 'The first 200 of them by start, as far as the viewer may see them.',
  })
  reservations(@Root() { reservations }: Met, @Ctx() { viewer }: GraphQLContext): ReservationRow[] {
    return reservations.filter((row) => mayRead(viewer, row));
  }
}
