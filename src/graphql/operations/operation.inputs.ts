import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';
import { OperationStatus } from './enums.js';

const VERSION = 'Refuse with VersionConflict when the version is another by now.';

@InputType({ description: 'A document to register for an API client.' })
export class OperationRegisterInput {
  @Field(() => ID, {
    nullable: true,
    description: 'For which client; without it, the client itself that asks.',
  })
  clientId?: string | null;

  @Field(() => String, { description: 'Lower-case letters, digits and single hyphens: rooms-of-today.' })
  name!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Which one of this name; the next number unless said otherwise.',
  })
  number?: number | null;

  @Field(() => String, {
    description: 'One operation with its fragments. Its hash is that of exactly this text.',
  })
  document!: string;
}

@InputType({ description: 'What you have seen of a document.' })
export class OperationActInput {
  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}

@InputType({ description: 'Why a document shall not run.' })
export class OperationRejectInput extends OperationActInput {
  @Field(() => String, {
    nullable: true,
    description: 'For whoever has registered it, up to 1,000 characters.',
  })
  reason?: string | null;
}

@InputType({ description: 'Until when a document may be used.' })
export class OperationDeprecateInput extends OperationActInput {
  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on its callers are told to leave it; it goes on running. Null takes that back.',
  })
  deprecatedAt?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on it is refused, not before deprecatedAt; never without it.',
  })
  endsAt?: Date | null;
}

@InputType({ description: 'Which documents; all that is given must hold.' })
export class OperationFilter {
  @Field(() => ID, { nullable: true, description: 'Those of this client.' })
  clientId?: string | null;

  @Field(() => OperationStatus, { nullable: true, description: 'Those of this status.' })
  status?: OperationStatus | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Yes: only those that are approved and no longer fit the schema.',
  })
  isBroken?: boolean | null;
}
