import { Field, Float, ID, InputType, Int } from 'type-graphql';
import type { ResourceStatus as Status } from '../../sql/resources/resource-row.js';
import { TimeZone } from '../schema/time-zone.js';
import { ResourceStatus } from './enums.js';

@InputType({ description: 'A value to set for one attribute; without any value, the attribute is cleared.' })
export class ResourceAttributeInput {
  @Field(() => String, { description: 'One of the keys that the type defines.' })
  key!: string;

  @Field(() => String, { nullable: true, description: 'For a TEXT or a CHOICE.' })
  text?: string | null;

  @Field(() => Float, { nullable: true, description: 'For a NUMBER.' })
  number?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'For a BOOLEAN.' })
  boolean?: boolean | null;
}

@InputType({ description: 'What adding and changing a resource have in common.' })
abstract class ResourceFacts {
  @Field(() => String, { nullable: true, description: 'What people should know.' })
  description?: string | null;

  @Field(() => TimeZone, {
    nullable: true,
    description: 'Its zone; a new one takes that of the nearest place.',
  })
  timeZone?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is a pool of equal things.' })
  isPool?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'How many a pool has, 1 to 10,000; 1 for anything else.' })
  capacity?: number | null;

  @Field(() => Int, { nullable: true, description: 'For how many people it is made.' })
  seats?: number | null;

  @Field(() => ResourceStatus, { nullable: true, description: 'Whether it takes new reservations.' })
  status?: Status | null;

  @Field(() => String, { nullable: true, description: 'Why it is not ACTIVE.' })
  statusReason?: string | null;

  @Field(() => [String], { nullable: true, description: 'All of its tags, up to 30; kept in lower case.' })
  tags?: string[] | null;

  @Field(() => [ResourceAttributeInput], {
    nullable: true,
    description: 'Values to set; what is not named stays.',
  })
  attributes?: ResourceAttributeInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes kept free before each new reservation; null leaves it to the buffers rule.',
  })
  setupMinutes?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Minutes kept free after each new reservation; null leaves it to the buffers rule.',
  })
  teardownMinutes?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is a pool that is reserved only together with a resource that offers it.',
  })
  isAddOnOnly?: boolean | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All people named to look after it; only managers and administrators choose them.',
  })
  managerIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All groups whose members look after it as well; chosen as the people are.',
  })
  managerGroupIds?: string[] | null;
}

@InputType({ description: 'A resource to add.' })
export class ResourceCreateInput extends ResourceFacts {
  @Field(() => String, { description: '1 to 200 characters, unlike those of the others at its place.' })
  name!: string;

  @Field(() => ID, { description: 'Its type.' })
  typeId!: string;

  @Field(() => ID, { description: 'Where it is.' })
  placeId!: string;
}

@InputType({ description: 'What is to be different; what is left out stays.' })
export class ResourceUpdateInput extends ResourceFacts {
  @Field(() => String, {
    nullable: true,
    description: '1 to 200 characters, unlike those of the others at its place.',
  })
  name?: string | null;

  @Field(() => ID, { nullable: true, description: 'Its type.' })
  typeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Where it is.' })
  placeId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VersionConflict when the version is another by now.',
  })
  expectedVersion?: number | null;
}
