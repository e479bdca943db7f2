import { Field, Int, ObjectType } from 'type-graphql';
import { ReservationRefused } from '../reservations/refusal.view.js';
import { ReservationSuccess } from '../reservations/reservation.results.js';
import { Reservation } from '../reservations/reservation.view.js';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({ simpleResolvers: true, description: 'Done; who had to be told of it is.' })
export class ParticipantsSuccess {
  @Field(() => Reservation, { description: 'The reservation that was named.' })
  reservation!: Reservation;

  @Field(() => Int, { description: 'How many reservations it has reached: more than one only of a series.' })
  count!: number;

  @Field(() => [String], {
    description: 'What is odd but no reason to refuse, as sentences: more people than seats.',
  })
  warnings!: string[];
}

export const ParticipantsChangeResult = resultUnion(
  'ParticipantsChange',
  ParticipantsSuccess,
  ReservationRefused,
  NotFound,
  InvalidInput,
  VersionConflict,
);
export const InvitationRespondResult = resultUnion(
  'InvitationRespond',
  ReservationSuccess,
  ReservationRefused,
  NotFound,
);
