import { Field, ObjectType } from 'type-graphql';
import { ReservationRefused } from '../reservations/refusal.view.js';
import { ReservationSuccess } from '../reservations/reservation.results.js';
import { IdempotencyKeyReused, InvalidInput, NotFound } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Deputy } from './approval.view.js';

@ObjectType({ simpleResolvers: true, description: 'The deputy is as asked for; a removed one as it was.' })
export class DeputySuccess {
  @Field(() => Deputy, { description: 'The deputy.' })
  deputy!: Deputy;
}

const failures = [ReservationRefused, NotFound, InvalidInput, IdempotencyKeyReused];

export const ApprovalDecideResult = resultUnion('ApprovalDecide', ReservationSuccess, ...failures);
export const ApprovalAnswerResult = resultUnion('ApprovalAnswer', ReservationSuccess, ...failures);
export const DeputyAddResult = resultUnion('DeputyAdd', DeputySuccess, InvalidInput);
export const DeputyRemoveResult = resultUnion('DeputyRemove', DeputySuccess, NotFound);
