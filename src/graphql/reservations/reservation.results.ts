import { Field, ObjectType } from 'type-graphql';
import { IdempotencyKeyReused, InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { ReservationRefused } from './refusal.view.js';
import { Reservation } from './reservation.view.js';

@ObjectType({
  simpleResolvers: true,
  description: 'Done; the reservation as it is now, or as it would be in a dry run.',
})
export class ReservationSuccess {
  @Field(() => Reservation, { description: 'The reservation after the act.' })
  reservation!: Reservation;
}

@ObjectType({ simpleResolvers: true, description: 'Done; all reservations of the batch as they are now.' })
export class ReservationsMoveSuccess {
  @Field(() => [Reservation], { description: 'In the order of the moves.' })
  reservations!: Reservation[];
}

const failures = [ReservationRefused, VersionConflict, NotFound, InvalidInput, IdempotencyKeyReused];

export const ReservationCreateResult = resultUnion(
  'ReservationCreate',
  ReservationSuccess,
  ReservationRefused,
  NotFound,
  InvalidInput,
  IdempotencyKeyReused,
);
export const ReservationChangeResult = resultUnion('ReservationChange', ReservationSuccess, ...failures);
export const ReservationsMoveResult = resultUnion('ReservationsMove', ReservationsMoveSuccess, ...failures);
