import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'That one says to be there, or loses it (kind CHECK_IN).' })
export class CheckInSettings {
  @Field(() => Int, { description: 'From how many minutes before the start on one checks in.' })
  opensMinutes!: number;

  @Field(() => Int, { description: 'After how many minutes from the start on it is released.' })
  graceMinutes!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'After how many dates in a row without anybody a series ends; null: it does not.',
  })
  strikes!: number | null;

  @Field(() => Boolean, { description: 'Whether one may leave before the end.' })
  checkOut!: boolean;

  @Field(() => Boolean, { description: 'Whether who is checked in may stay longer.' })
  extension!: boolean;

  @Field(() => Boolean, { description: 'Whether the link at the door is enough to check in.' })
  anonymous!: boolean;
}
