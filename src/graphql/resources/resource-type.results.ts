import { Field, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { ResourceType } from './resource-type.view.js';

@ObjectType({ simpleResolvers: true, description: 'Resources of this type can be added now.' })
export class ResourceTypeCreateSuccess {
  @Field(() => ResourceType, { description: 'The new type.' })
  resourceType!: ResourceType;
}

@ObjectType({ simpleResolvers: true, description: 'The type is as asked for.' })
export class ResourceTypeUpdateSuccess {
  @Field(() => ResourceType, { description: 'The type after the change.' })
  resourceType!: ResourceType;
}

export const ResourceTypeCreateResult = resultUnion(
  'ResourceTypeCreate',
  ResourceTypeCreateSuccess,
  InvalidInput,
);
export const ResourceTypeUpdateResult = resultUnion(
  'ResourceTypeUpdate',
  ResourceTypeUpdateSuccess,
  InvalidInput,
  NotFound,
  VersionConflict,
);
