import { Field, ObjectType } from 'type-graphql';
import { ReservationRefused } from '../reservations/refusal.view.js';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Wait } from './wait.view.js';

@ObjectType({ simpleResolvers: true, description: 'The wish is kept, or has been offered at once.' })
export class WaitlistJoinSuccess {
  @Field(() => Wait, { description: 'The wish as it stands: OFFERED where it could be had right now.' })
  wait!: Wait;
}

@ObjectType({ simpleResolvers: true, description: 'The viewer waits no longer.' })
export class WaitlistLeaveSuccess {
  @Field(() => Wait, { description: 'The wish, withdrawn; asked again, it is the same.' })
  wait!: Wait;
}

export const WaitlistJoinResult = resultUnion(
  'WaitlistJoin',
  WaitlistJoinSuccess,
  ReservationRefused,
  NotFound,
  InvalidInput,
  IdempotencyKeyReused,
);
export const WaitlistLeaveResult = resultUnion(
  'WaitlistLeave',
  WaitlistLeaveSuccess,
  ReservationRefused,
  NotFound,
);
