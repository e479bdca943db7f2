import { Field, ObjectType } from 'type-graphql';
import { InvalidInput, NotFound, VersionConflict } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { Rule } from './rule.view.js';

@ObjectType({ simpleResolvers: true, description: 'The rule counts from its date on.' })
export class RuleSetSuccess {
  @Field(() => Rule, { description: 'The rule as it stands.' })
  rule!: Rule;
}

@ObjectType({ simpleResolvers: true, description: 'The rule is gone, as if it had never been there.' })
export class RuleRemoveSuccess {
  @Field(() => Rule, { description: 'The rule as it was.' })
  rule!: Rule;
}

export const RuleSetResult = resultUnion('RuleSet', RuleSetSuccess, InvalidInput, NotFound, VersionConflict);
export const RuleRemoveResult = resultUnion('RuleRemove', RuleRemoveSuccess, NotFound, VersionConflict);
