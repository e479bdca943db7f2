import { Field, ID, InputType, Int } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import { DateTime } from '../schema/date-time.js';
import { Role } from '../users/role.js';
import { ApiScope } from './scope.js';

const NAME = '1 to 200 characters.';
const PER_MINUTE = 'Operations in a minute, on all instances together.';
const PER_DAY = 'Operations in 24 hours, on all instances together';
const PERSISTED = 'Whether it may only run documents that are registered';

@InputType({ description: 'An API client to add.' })
export class ApiClientCreateInput {
  @Field(() => String, { description: NAME })
  name!: string;

  @Field(() => [ApiScope], { description: 'What it is permitted; nothing without one.' })
  scopes!: ApiScope[];

  @Field(() => Role, { nullable: true, description: 'What it may do at most; MEMBER unless said otherwise.' })
  role?: DomainRole | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The person who answers for it, and may give it secrets; the viewer unless said otherwise.',
  })
  ownerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: `${PERSISTED}; no unless said otherwise.` })
  isPersistedOnly?: boolean | null;

  @Field(() => Int, { nullable: true, description: `${PER_MINUTE} 600 unless said otherwise.` })
  perMinute?: number | null;

  @Field(() => Int, { nullable: true, description: `${PER_DAY}; no quota without it.` })
  perDay?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; never without it.' })
  expiresAt?: Date | null;
}

@InputType({ description: 'What you have seen of an API client.' })
export class ApiClientActInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VersionConflict when the version is another by now.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'What to change of an API client; what is left out stays.' })
export class ApiClientUpdateInput extends ApiClientActInput {
  @Field(() => String, { nullable: true, description: NAME })
  name?: string | null;

  @Field(() => [ApiScope], { nullable: true, description: 'All that it is permitted from now on.' })
  scopes?: ApiScope[] | null;

  @Field(() => Role, { nullable: true, description: 'What it may do at most.' })
  role?: DomainRole | null;

  @Field(() => ID, { nullable: true, description: 'The person who answers for it.' })
  ownerId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'No suspends it within 5 seconds, everywhere; its secrets count again when it is resumed.',
  })
  isActive?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: `${PERSISTED}.` })
  isPersistedOnly?: boolean | null;

  @Field(() => Int, { nullable: true, description: PER_MINUTE })
  perMinute?: number | null;

  @Field(() => Int, { nullable: true, description: `${PER_DAY}; null lifts the quota.` })
  perDay?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When it ends by itself; null: never.' })
  expiresAt?: Date | null;
}
