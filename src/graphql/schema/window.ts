import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from './date-time.js';
import { TimeZone } from './time-zone.js';

export enum Fold {
  EARLIER = 'EARLIER',
  LATER = 'LATER',
}
registerEnumType(Fold, {
  name: 'Fold',
  description: 'Which of the two is meant where a clock shows a time twice.',
  valuesConfig: {
    EARLIER: { description: 'The first of the two, before the clock goes back.' },
    LATER: { description: 'The second of the two, after the clock has gone back.' },
  },
});

@InputType({ description: 'A time as the clocks of a zone show it.' })
export class LocalTimeInput {
  @Field(() => String, { description: 'Date and time without an offset: 2026-03-01T09:00.' })
  local!: string;

  @Field(() => TimeZone, {
    nullable: true,
    description: 'The zone; without it, that of the (first) resource.',
  })
  timeZone?: string | null;

  @Field(() => Fold, { nullable: true, description: 'EARLIER unless said otherwise.' })
  fold?: Fold | null;
}

@InputType({
  description:
    'A half-open interval: the end itself is not part of it. Name each side once, as an instant or as a local time.',
})
export class WindowInput {
  @Field(() => DateTime, { nullable: true, description: 'The first instant, RFC 3339 with an offset.' })
  startsAt?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The first instant behind it, RFC 3339 with an offset.',
  })
  endsAt?: Date | null;

  @Field(() => LocalTimeInput, {
    nullable: true,
    description: 'The start as a local time, instead of startsAt.',
  })
  startsAtLocal?: LocalTimeInput | null;

  @Field(() => LocalTimeInput, { nullable: true, description: 'The end as a local time, instead of endsAt.' })
  endsAtLocal?: LocalTimeInput | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A half-open interval [startsAt, endsAt): two that only touch do not overlap.',
})
export class Window {
  @Field(() => DateTime, { description: 'The first instant.' })
  startsAt!: Date | string;

  @Field(() => DateTime, { description: 'The first instant behind it.' })
  endsAt!: Date | string;
}
