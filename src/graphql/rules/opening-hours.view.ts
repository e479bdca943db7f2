import { Field, ObjectType } from 'type-graphql';
import { LocalDate } from '../schema/local-date.js';
import { LocalTime } from '../schema/local-time.js';
import { type Day, Weekday } from './enums.js';

@ObjectType({ simpleResolvers: true, description: 'A stretch of a day in which it is open.' })
export class OpenSpan {
  @Field(() => LocalTime, { description: 'From when on.' })
  opens!: string;

  @Field(() => LocalTime, {
    description:
      'Until when; at or before the opening it is a time of the next day, 24:00 the end of the day.',
  })
  closes!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The hours of some days of the week.' })
export class OpeningDays {
  @Field(() => [Weekday], { description: 'On which days they count.' })
  days!: Day[];

  @Field(() => [OpenSpan], { description: 'Each stretch in which it is open.' })
  spans!: OpenSpan[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'Dates with hours of their own, in place of the weekly ones.',
})
export class OpeningException {
  @Field(() => LocalDate, { description: 'The first of the dates.' })
  from!: string;

  @Field(() => LocalDate, { description: 'The last of the dates, included.' })
  to!: string;

  @Field(() => String, { description: 'What it is, for people; may be empty.' })
  title!: string;

  @Field(() => [OpenSpan], { description: 'When it is open on each of them; empty: not at all.' })
  spans!: OpenSpan[];
}

@ObjectType({
  simpleResolvers: true,
  description: "When it is open, by the clocks of each resource's own zone (kind OPENING_HOURS).",
})
export class OpeningHoursSettings {
  @Field(() => [OpeningDays], { description: 'The usual week; days that nobody names are closed.' })
  week!: OpeningDays[];

  @Field(() => [OpeningException], {
    description: 'Holidays and the like; of two for a date the later counts.',
  })
  exceptions!: OpeningException[];
}
