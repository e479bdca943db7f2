import { Field, InputType, Int } from 'type-graphql';

@InputType({
  description:
    'That whoever has reserved says to be there. It is frozen when a reservation is made or moved: those that are there already stay as they are.',
})
export class CheckInInput {
  @Field(() => Int, {
    nullable: true,
    description: 'From how many minutes before the start on one checks in, up to 1,440; 15 without it.',
  })
  opensMinutes?: number | null;

  @Field(() => Int, {
    description:
      'After how many minutes from the start on, 1 to 1,440, all that is left is free again; at the end at the latest. Of what is reserved or moved when it has begun they count from then.',
  })
  graceMinutes!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'After so many dates in a row that nobody attended, 1 to 100, the rest of a series is cancelled; never without it.',
  })
  strikes?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether one may leave before the end; true without it.',
  })
  checkOut?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether who is checked in may stay longer, where it is free; true without it.',
  })
  extension?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether anybody checks in by the link at the door, without signing in; false without it.',
  })
  anonymous?: boolean | null;
}
