import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({
  description:
    "A calendar feed to add: of one resource, of one place, or else of the viewer's own reservations.",
})
export class FeedCreateInput {
  @Field(() => String, { description: '1 to 200 characters, shown by calendar programs.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'Everything that takes this resource.' })
  resourceId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Everything that takes a resource at this place or below it.',
  })
  placeId?: string | null;
}

@InputType({ description: 'What the caller has seen of a feed.' })
export class FeedActInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VersionConflict when the version is another by now.',
  })
  expectedVersion?: number | null;
}
