import { Field, ObjectType } from 'type-graphql';
import { ReservationRefused } from '../reservations/refusal.view.js';
import { Reservation } from '../reservations/reservation.view.js';
import { NotFound, UndoTooLate, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({
  simpleResolvers: true,
  description: 'The act is taken back, all of it. Asked again, it answers the same.',
})
export class ReservationUndoSuccess {
  @Field(() => [Reservation], {
    description:
      'The reservations as they were once it was undone, in the order in which it had changed them.',
  })
  reservations!: Reservation[];
}

export const ReservationUndoResult = resultUnion(
  'ReservationUndo',
  ReservationUndoSuccess,
  ReservationRefused,
  NotFound,
  UndoTooLate,
  VersionConflict,
);
