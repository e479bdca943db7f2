import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Met } from '../../domain/closings/lay-closures.js';
import type { ReservationRow } from '../../sql/reservations/reservation-json.js';
import type { GraphQLContext } from '../context.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { MetReservations } from './closure.results.js';

@Resolver(() => MetReservations)
export class MetReservationsResolver {
  @FieldResolver(() => [Reservation], {
    description: 'The first 200 of them by start, as far as the viewer may see them.',
  })
  async reservations(@Root() { reservations }: Met, @Ctx() ctx: GraphQLContext): Promise<ReservationRow[]> {
    const seen = await Promise.all(reservations.map(({ id }) => reservationById(ctx).load(id)));
    return reservations.filter((_, index) => seen[index]);
  }
}
