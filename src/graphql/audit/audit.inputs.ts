import { Field, ID, InputType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';

@InputType({ description: 'Which entries of the audit; what is left out does not matter.' })
export class AuditFilter {
  @Field(() => ID, { nullable: true, description: 'Only what this person has done.' })
  actorId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only what was done to this object, of whatever kind; it may be gone by now.',
  })
  subjectId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'An action, such as reservation.cancel, or a kind of object for all of its actions: reservation.',
  })
  action?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only from this instant on.' })
  fromAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only before this instant.' })
  untilAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only what this request has done: the x-request-id of its answer. Name the time with it, since it is sought among all entries of it.',
  })
  requestId?: string | null;
}
