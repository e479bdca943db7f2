import { Field, Int, ObjectType } from 'type-graphql';
import type { AttributeKind as Kind } from '../../sql/resources/resource-type-row.js';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';
import { AttributeKind } from './enums.js';

@ObjectType({ simpleResolvers: true, description: 'What every resource of a type can be asked for.' })
export class AttributeDefinition {
  @Field(() => String, { description: 'Names it in inputs and filters; unique within the type.' })
  key!: string;

  @Field(() => String, { description: 'Names it for people.' })
  label!: string;

  @Field(() => AttributeKind, { description: 'What its values are.' })
  kind!: Kind;

  @Field(() => String, { nullable: true, description: 'Stands beside a number: inch, kg.' })
  unit!: string | null;

  @Field(() => [String], { description: 'The values that a CHOICE can take, in the order to offer them in.' })
  choices!: string[];

  @Field(() => Boolean, {
    name: 'isRequired',
    simple: false,
    description: 'No resource of the type goes without a value.',
  })
  required!: boolean;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A type of resources, such as meeting room or microscope, with the attributes they share.',
})
export class ResourceType extends Node {
  @Field(() => String, { description: 'Unique.' })
  name!: string;

  @Field(() => String, { description: 'What belongs to it; empty where nobody said.' })
  description!: string;

  @Field(() => [AttributeDefinition], { description: 'In the order to show them in; at most 50.' })
  attributes!: AttributeDefinition[];

  @Field(() => Int, {
    description: 'Counts changes; name it as `expectedVersion` to change only what you have seen.',
  })
  version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;
}

export const ResourceTypeConnection = connectionOf(ResourceType, 'ResourceType');
