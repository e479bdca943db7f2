import { Field, ID, InputType, Int } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import type { QuotaMeasure as Measure, QuotaPeriod as Period, Quota } from '../../domain/schedules/rule.js';
import { LocalDate } from '../schema/local-date.js';
import { LocalTime } from '../schema/local-time.js';
import { Role } from '../users/role.js';
import { type Day, QuotaMeasure, QuotaPeriod, QuotaSpread, Weekday } from './enums.js';

@InputType({ description: 'A stretch of a day in which it is open.' })
export class OpenSpanInput {
  @Field(() => LocalTime, { description: 'From when on: 00:00 to 23:59.' })
  opens!: string;

  @Field(() => LocalTime, {
    description: 'Until when, up to 24:00; at or before the opening it is a time of the next day.',
  })
  closes!: string;
}

@InputType({ description: 'The hours of some days of the week.' })
export class OpeningDaysInput {
  @Field(() => [Weekday], { description: 'On which days they count.' })
  days!: Day[];

  @Field(() => [OpenSpanInput], { description: 'Each stretch in which it is open.' })
  spans!: OpenSpanInput[];
}

@InputType({ description: 'Dates with hours of their own, in place of the weekly ones.' })
export class OpeningExceptionInput {
  @Field(() => LocalDate, { description: 'The first of the dates.' })
  from!: string;

  @Field(() => LocalDate, {
    nullable: true,
    description: 'The last of them, included; the first without it.',
  })
  to?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is, for people.' })
  title?: string | null;

  @Field(() => [OpenSpanInput], { nullable: true, description: 'When it is open; not at all without it.' })
  spans?: OpenSpanInput[] | null;
}

@InputType({ description: "When it is open, by the clocks of each resource's own zone." })
export class OpeningHoursInput {
  @Field(() => [OpeningDaysInput], { description: 'The usual week; days that nobody names are closed.' })
  week!: OpeningDaysInput[];

  @Field(() => [OpeningExceptionInput], {
    nullable: true,
    description: 'Holidays and the like; of two for a date the later counts.',
  })
  exceptions?: OpeningExceptionInput[] | null;
}

@InputType({
  description: 'What is kept free around reservations, where a resource has no buffers of its own.',
})
export class BuffersInput {
  @Field(() => Int, { nullable: true, description: 'Before each, in minutes, up to a week; 0 without it.' })
  setupMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'After each, in minutes, up to a week; 0 without it.' })
  teardownMinutes?: number | null;
}

@InputType({ description: 'How early and how late one reserves; what is left out sets no limit.' })
export class NoticeInput {
  @Field(() => Int, { nullable: true, description: 'How many minutes before the start at the latest.' })
  leastMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many local days ahead at most.' })
  horizonDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many minutes before the start one cancels, or moves away, at the latest.',
  })
  cancelMinutes?: number | null;
}

@InputType({ description: 'How short and how long reservations are; what is left out sets no limit.' })
export class LengthInput {
  @Field(() => Int, { nullable: true, description: 'The shortest, in minutes.' })
  leastMinutes?: number | null;

  @Field(() => Int, { nullable: true, description: 'The longest, in minutes.' })
  mostMinutes?: number | null;
}

@InputType({ description: 'At which times reservations start and end, by the clock of the resource.' })
export class GridInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Starts and ends fall on multiples of it since midnight; in minutes, a divisor of 1440.',
  })
  stepMinutes?: number | null;

  @Field(() => [LocalTime], { nullable: true, description: 'The only times at which one starts, up to 96.' })
  startTimes?: string[] | null;
}

@InputType({ description: 'How much a person, or a group together, reserves.' })
export class QuotaInput {
  @Field(() => QuotaMeasure, { description: 'What is counted.' })
  measure!: Measure;

  @Field(() => QuotaPeriod, { description: 'Over which time.' })
  period!: Period;

  @Field(() => Int, { description: 'The most: a count, or minutes.' })
  limit!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'Count all members of this group together, and nobody else; each person without it.',
  })
  groupId?: string | null;

  @Field(() => QuotaSpread, {
    nullable: true,
    description: 'Over which resources together; SCOPE without it.',
  })
  over?: Quota['over'] | null;
}

@InputType({ description: 'Who reserves: by role or by group, and with every training.' })
export class AccessInput {
  @Field(() => [Role], {
    nullable: true,
    description: 'Who is let in by role. Without it: with groups nobody by role alone, else every role.',
  })
  roles?: DomainRole[] | null;

  @Field(() => [ID], { nullable: true, description: 'Groups whose members are let in, up to 50.' })
  groupIds?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Trainings that everybody needs, each valid to the end of the window; up to 20.',
  })
  trainingIds?: string[] | null;
}
