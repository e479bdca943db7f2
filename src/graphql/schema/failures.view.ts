import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';

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
export class InvalidInput extends UserError {}

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
