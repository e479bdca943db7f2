import { Field, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from './date-time.js';

export enum InvalidInputCode {
  INVALID_TIME = 'INVALID_TIME',
  INVALID_RRULE = 'INVALID_RRULE',
}
registerEnumType(InvalidInputCode, {
  name: 'InvalidInputCode',
  description: 'Mistakes of input that have a name of their own.',
  valuesConfig: {
    INVALID_TIME: { description: 'Not a time of day: 00:00 to 23:59, and 24:00 to close at.' },
    INVALID_RRULE: { description: 'A rule of recurrence that cannot be followed; the message says why.' },
  },
});

@InterfaceType({
  description: 'An expected refusal. Each kind carries its own facts; nothing was written.',
})
export abstract class UserError {
  @Field(() => String, { description: 'A sentence for people.' })
  message!: string;

  @Field(() => [String], { description: 'The input field at fault, outermost first; empty when none is.' })
  path!: string[];
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'A value of the input is not acceptable.',
})
export class InvalidInput extends UserError {
  @Field(() => InvalidInputCode, {
    nullable: true,
    description: 'The kind of mistake, where programs may want to tell; null for most.',
  })
  code!: InvalidInputCode | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'There is no such object, or it is not yours to see or change: the two look alike.',
})
export class NotFound extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The idempotency key was used within 24 hours with another payload.',
})
export class IdempotencyKeyReused extends UserError {}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The object has changed since the version that the caller expected.',
})
export class VersionConflict extends UserError {
  @Field(() => Int, { description: 'The version that the request named.' })
  expectedVersion!: number;

  @Field(() => Int, { description: 'The version that the object has now.' })
  currentVersion!: number;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description:
    'What was done can be undone for ten minutes only; later it takes another act of the ordinary kind.',
})
export class UndoTooLate extends UserError {
  @Field(() => DateTime, { description: 'When that was over.' })
  undoableUntilAt!: string;
}
