import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { ResourceStatus as Status } from '../../sql/resources/resource-row.js';
import type { AttributeKind as Kind } from '../../sql/resources/resource-type-row.js';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';
import { Node } from '../schema/node.view.js';
import { TimeZone } from '../schema/time-zone.js';
import { AttributeKind, ResourceStatus } from './enums.js';

@ObjectType({
  simpleResolvers: true,
  description: "One attribute of a resource's type with this resource's value.",
})
export class ResourceAttribute {
  @Field(() => String, { description: 'Names it in inputs and filters.' })
  key!: string;

  @Field(() => String, { description: 'Names it for people.' })
  label!: string;

  @Field(() => AttributeKind, { description: 'Tells which of text, number and boolean holds the value.' })
  kind!: Kind;

  @Field(() => String, { nullable: true, description: 'Stands beside a number: inch, kg.' })
  unit!: string | null;

  @Field(() => String, { nullable: true, description: 'The value of a TEXT or a CHOICE, else null.' })
  text!: string | null;

  @Field(() => Float, { nullable: true, description: 'The value of a NUMBER, else null.' })
  number!: number | null;

  @Field(() => Boolean, { nullable: true, description: 'The value of a BOOLEAN, else null.' })
  boolean!: boolean | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'A thing that can be reserved: a room, a desk, an instrument, a vehicle, or a pool of equal things.',
})
export class Resource extends Node {
  @Field(() => String, { description: 'Unique within its place.' })
  name!: string;

  @Field(() => String, { description: 'What people should know; empty where nobody said anything.' })
  description!: string;

  @Field(() => TimeZone, { description: 'In which its opening hours and local times are meant.' })
  timeZone!: string;

  @Field(() => Boolean, {
    name: 'isPool',
    simple: false,
    description: 'Several reservations may overlap, as long as their quantities fit into the capacity.',
  })
  pooled!: boolean;

  @Field(() => Int, { description: 'How many can be in use at any instant: 1 unless it is a pool.' })
  capacity!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'For how many people it is made; null where that says nothing.',
  })
  seats!: number | null;

  @Field(() => ResourceStatus, { description: 'Whether it takes new reservations.' })
  status!: Status;

  @Field(() => String, { nullable: true, description: 'Why it is not ACTIVE, where somebody said so.' })
  statusReason!: string | null;

  @Field(() => [String], { description: 'Words to find it by, in lower case; at most 30.' })
  tags!: string[];

  @Field(() => Int, {
    nullable: true,
    description: 'Kept free before each reservation, in minutes; null leaves it to the buffers rule.',
  })
  setupMinutes!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Kept free after each reservation, in minutes; null leaves it to the buffers rule.',
  })
  teardownMinutes!: number | null;

  @Field(() => Boolean, {
    name: 'isAddOnOnly',
    simple: false,
    description: 'Whether it is a pool that is reserved only together with a resource that offers it.',
  })
  addOnOnly!: boolean;

  @Field(() => Int, {
    description: 'Counts changes; name it as `expectedVersion` to change only what you have seen.',
  })
  version!: number;

  @Field(() => DateTime, { description: 'When it was added.' })
  createdAt!: string;
}

export const ResourceConnection = connectionOf(Resource, 'Resource');
