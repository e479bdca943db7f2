import { Field, InputType, Int } from 'type-graphql';
import type { AttributeKind as Kind } from '../../sql/resources/resource-type-row.js';
import { AttributeKind } from './enums.js';

@InputType({ description: 'An attribute for all resources of a type.' })
export class AttributeDefinitionInput {
  @Field(() => String, { description: 'A camel-case word of up to 40 letters and digits, once in a type.' })
  key!: string;

  @Field(() => String, { description: '1 to 100 characters for people.' })
  label!: string;

  @Field(() => AttributeKind, { description: 'What its values are.' })
  kind!: Kind;

  @Field(() => String, { nullable: true, description: 'Up to 20 characters, for a NUMBER only.' })
  unit?: string | null;

  @Field(() => [String], { nullable: true, description: '1 to 100 different values, for a CHOICE only.' })
  choices?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True refuses resources without a value from now on. False when left out.',
  })
  isRequired?: boolean | null;
}

@InputType({ description: 'A type of resources to add.' })
export class ResourceTypeCreateInput {
  @Field(() => String, { description: '1 to 200 characters, unlike those of other types.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Up to 5,000 characters; empty when left out.' })
  description?: string | null;

  @Field(() => [AttributeDefinitionInput], {
    nullable: true,
    description: 'At most 50, in the order to show them in.',
  })
  attributes?: AttributeDefinitionInput[] | null;
}

@InputType({ description: 'What to change of a type; what is left out stays.' })
export class ResourceTypeUpdateInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters, unlike those of other types.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Up to 5,000 characters.' })
  description?: string | null;

  @Field(() => [AttributeDefinitionInput], {
    nullable: true,
    description:
      'All attributes anew. Refused where a resource holds a value that would no longer be allowed.',
  })
  attributes?: AttributeDefinitionInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VersionConflict when the version is another by now.',
  })
  expectedVersion?: number | null;
}
