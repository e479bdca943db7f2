import { Field, ID, InputType, Int } from 'type-graphql';

const VERSION = {
  nullable: true,
  description: 'Refuse with VersionConflict when the version of the resource is another by now.',
};

@InputType({ description: 'Into what a resource is divided.' })
export class ResourcePartsSetInput {
  @Field(() => [ID], {
    description: 'All of its direct parts, up to 20, which may be divided themselves; none undoes it.',
  })
  partIds!: string[];

  @Field(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'A pool to offer with a resource.' })
export class ResourceAddOnInput {
  @Field(() => ID, { description: 'The pool.' })
  poolId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many one reservation can add; null does not limit it.',
  })
  most?: number | null;
}

@InputType({ description: 'What a resource offers beside itself.' })
export class ResourceAddOnsSetInput {
  @Field(() => [ResourceAddOnInput], { description: 'All of its add-ons, up to 20, each pool once.' })
  addOns!: ResourceAddOnInput[];

  @Field(() => Int, VERSION)
  expectedVersion?: number | null;
}
