import { Field, Int, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, UserError, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Window } from '../schema/window.js';
import { Resource } from './resource.view.js';

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'More is reserved than the new capacity holds.',
})
export class CapacityBelowUse extends UserError {
  @Field(() => Window, { description: 'The first stretch that does not fit.' })
  window!: Window;

  @Field(() => Int, { description: 'How many are in use there.' })
  used!: number;

  @Field(() => Int, { description: 'The capacity that was asked for.' })
  capacity!: number;
}

@ObjectType({ simpleResolvers: true, description: 'The resource can be reserved.' })
export class ResourceCreateSuccess {
  @Field(() => Resource, { description: 'The new resource.' })
  resource!: Resource;
}

@ObjectType({ simpleResolvers: true, description: 'The resource is as asked for.' })
export class ResourceUpdateSuccess {
  @Field(() => Resource, { description: 'The resource after the change.' })
  resource!: Resource;
}

export const ResourceCreateResult = resultUnion('ResourceCreate', ResourceCreateSuccess, InvalidInput);
export const ResourceUpdateResult = resultUnion(
  'ResourceUpdate',
  ResourceUpdateSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
  CapacityBelowUse,
);
