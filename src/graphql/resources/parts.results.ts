import { Field, ObjectType } from 'type-graphql';
import { Conflict } from '../reservations/refusal.view.js';
import { InvalidInput, NotFound, UserError, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Resource } from './resource.view.js';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'Reservations use the whole and a part of it at the same time, so that they cannot be linked.',
})
export class PartsInUse extends UserError {
  @Field(() => [Conflict], { description: 'Every reservation that takes part, up to 50, by start.' })
  conflicts!: Conflict[];
}

@ObjectType({ simpleResolvers: true, description: 'The resource is divided as asked for.' })
export class ResourcePartsSetSuccess {
  @Field(() => Resource, { description: 'The whole after the change.' })
  resource!: Resource;
}

@ObjectType({ simpleResolvers: true, description: 'The resource offers what was asked for.' })
export class ResourceAddOnsSetSuccess {
  @Field(() => Resource, { description: 'The resource after the change.' })
  resource!: Resource;
}

export const ResourcePartsSetResult = resultUnion(
  'ResourcePartsSet',
  ResourcePartsSetSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
  PartsInUse,
);
export const ResourceAddOnsSetResult = resultUnion(
  'ResourceAddOnsSet',
  ResourceAddOnsSetSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
);
