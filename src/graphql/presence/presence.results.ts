import { Field, ObjectType } from 'type-graphql';
import { Resource } from '../resources/resource.view.js';
import { NotFound } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';

@ObjectType({ simpleResolvers: true, description: 'The resource has another link; those before are void.' })
export class ResourceLinkSuccess {
  @Field(() => Resource, { description: 'The resource, with its new link.' })
  resource!: Resource;
}

export const ResourceLinkRotateResult = resultUnion('ResourceLinkRotate', ResourceLinkSuccess, NotFound);
