import { Field, Float, ID, InputType, Int } from 'type-graphql';
import type { ResourceStatus as Status } from '../../sql/resources/resource-row.js';
import { TimeZone } from '../schema/time-zone.js';
import { ResourceSortKey, ResourceStatus, SortDirection } from './enums.js';

@InputType({ description: 'A value of an attribute: give the field that suits its kind.' })
export class AttributeValueInput {
  @Field(() => String, { nullable: true, description: 'For a TEXT or a CHOICE.' })
  text?: string | null;

  @Field(() => Float, { nullable: true, description: 'For a NUMBER.' })
  number?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'For a BOOLEAN.' })
  boolean?: boolean | null;
}

@InputType({ description: 'What an attribute must be; everything that is given must hold.' })
export class AttributeFilter {
  @Field(() => String, { description: "The attribute's key. Resources without a value never pass." })
  key!: string;

  @Field(() => AttributeValueInput, { nullable: true, description: 'Exactly this.' })
  equals?: AttributeValueInput | null;

  @Field(() => Float, { nullable: true, description: 'This number or more.' })
  atLeast?: number | null;

  @Field(() => Float, { nullable: true, description: 'This number or less.' })
  atMost?: number | null;

  @Field(() => [AttributeValueInput], { nullable: true, description: 'Any of these, 1 to 50.' })
  oneOf?: AttributeValueInput[] | null;
}

@InputType({ description: 'Which resources are meant: what is given must all hold.' })
export class ResourceFilter {
  @Field(() => [ID], { nullable: true, description: 'Only these, up to 500.' })
  ids?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only resources of these types, up to 50.' })
  typeIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Only in these places or anywhere below them, up to 50.',
  })
  placeIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Only with all of these tags, whatever their case.' })
  tags?: string[] | null;

  @Field(() => [AttributeFilter], {
    nullable: true,
    description: 'Only with such attributes, up to 20 conditions.',
  })
  attributes?: AttributeFilter[] | null;

  @Field(() => Int, { nullable: true, description: 'Only with this many seats or more.' })
  seatsAtLeast?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only pools (true) or only exclusive resources (false).',
  })
  isPool?: boolean | null;

  @Field(() => [ResourceStatus], {
    nullable: true,
    description: 'Only with one of these; without it, all but RETIRED.',
  })
  statuses?: Status[] | null;

  @Field(() => TimeZone, { nullable: true, description: 'Only in this zone.' })
  timeZone?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Only where each of these words begins a word of name, tags, type, places, description or attributes.',
  })
  search?: string | null;
}

@InputType({ description: 'The order of a list of resources.' })
export class ResourceSort {
  @Field(() => ResourceSortKey, { description: 'What decides.' })
  by!: keyof typeof ResourceSortKey;

  @Field(() => SortDirection, {
    nullable: true,
    description: 'When left out: ASC, and the best first for RELEVANCE.',
  })
  direction?: keyof typeof SortDirection | null;
}
