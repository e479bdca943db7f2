import { Field, Int, ObjectType } from 'type-graphql';
import { ReservationState } from '../reservations/reservation.view.js';
import { connectionOf } from '../schema/connection.js';

@ObjectType({
  simpleResolvers: true,
  description: 'A reservation as it was at an instant, from what the audit says has changed since.',
})
export class ReservationAsOf {
  @Field(() => String, { description: 'What it was called then.' })
  title!: string;

  @Field(() => ReservationState, { description: 'What it was then; it occupied the resource.' })
  state!: ReservationState;

  @Field(() => Int, { description: 'How many of the pool it had then.' })
  quantity!: number;
}

export const ReservationAsOfConnection = connectionOf(ReservationAsOf, 'ReservationAsOf');
