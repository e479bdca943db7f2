import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { RuleScope as Scope } from '../../sql/rules/read-rule-book.js';
import { bareId } from '../schema/ids.js';

export enum RuleOrigin {
  RESOURCE = 'RESOURCE',
  TYPE = 'TYPE',
  PLACE = 'PLACE',
  ORGANISATION = 'ORGANISATION',
}
registerEnumType(RuleOrigin, {
  name: 'RuleOrigin',
  description:
    'For what a rule or a closure is made, the nearest first. Among places the inner one is nearer.',
  valuesConfig: {
    RESOURCE: { description: 'For one resource.' },
    TYPE: { description: 'For all resources of a type.' },
    PLACE: { description: 'For all resources at a place and below it.' },
    ORGANISATION: { description: 'For everything.' },
  },
});

@InputType({
  description:
    'For what a rule or a closure is made: one of the three, or with none of them the whole organisation.',
})
export class RuleScopeInput {
  @Field(() => ID, { nullable: true, description: 'For this resource.' })
  resourceId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For all resources of this type.' })
  resourceTypeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For all resources at this place and below it.' })
  placeId?: string | null;
}

/** The scope that an input names, with bare ids. */
export const readScope = (scope: RuleScopeInput | null | undefined): Scope => ({
  resourceId: scope?.resourceId ? bareId('Resource', scope.resourceId) : null,
  typeId: scope?.resourceTypeId ? bareId('ResourceType', scope.resourceTypeId) : null,
  placeId: scope?.placeId ? bareId('Place', scope.placeId) : null,
});

/** Where the scope stands. */
export function originOf({ resourceId, typeId, placeId }: Scope): RuleOrigin {
  if (resourceId) return RuleOrigin.RESOURCE;
  if (typeId) return RuleOrigin.TYPE;
  return placeId ? RuleOrigin.PLACE : RuleOrigin.ORGANISATION;
}
