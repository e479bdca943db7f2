import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import type { Role as DomainRole } from '../../domain/act.js';
import type { QuotaMeasure as Measure, QuotaPeriod as Period, Quota } from '../../domain/schedules/rule.js';
import { LocalTime } from '../schema/local-time.js';
import { Role } from '../users/role.js';
import { ApprovalSettings } from './approval.view.js';
import { CheckInSettings } from './check-in.view.js';
import { QuotaMeasure, QuotaPeriod, QuotaSpread } from './enums.js';
import { OpeningHoursSettings } from './opening-hours.view.js';

@ObjectType({ simpleResolvers: true, description: 'What is kept free around reservations (kind BUFFERS).' })
export class BuffersSettings {
  @Field(() => Int, { description: 'Before each, in minutes, where the resource has no own.' })
  setupMinutes!: number;

  @Field(() => Int, { description: 'After each, in minutes, where the resource has no own.' })
  teardownMinutes!: number;
}

@ObjectType({ simpleResolvers: true, description: 'How early and how late one reserves (kind NOTICE).' })
export class NoticeSettings {
  @Field(() => Int, { nullable: true, description: 'How many minutes before the start at the latest.' })
  leastMinutes!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many local days ahead at most.' })
  horizonDays!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many minutes before the start one cancels, or moves away, at the latest.',
  })
  cancelMinutes!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How short and how long reservations are (kind LENGTH).',
})
export class LengthSettings {
  @Field(() => Int, {
    nullable: true,
    description: 'The shortest, in minutes; from midnight to midnight, 1440 a day.',
  })
  leastMinutes!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The longest, in minutes; from midnight to midnight, 1440 a day.',
  })
  mostMinutes!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'At which times reservations start and end (kind GRID).' })
export class GridSettings {
  @Field(() => Int, {
    nullable: true,
    description: 'Starts and ends fall on multiples of it since local midnight, in minutes.',
  })
  stepMinutes!: number | null;

  @Field(() => [LocalTime], { description: 'The only times at which one starts; empty: any.' })
  startTimes!: string[];
}

@ObjectType({ simpleResolvers: true, description: 'How much a person or a group reserves (kind QUOTA).' })
export class QuotaSettings {
  @Field(() => QuotaMeasure, { description: 'What is counted.' })
  measure!: Measure;

  @Field(() => QuotaPeriod, { description: 'Over which time.' })
  period!: Period;

  @Field(() => QuotaSpread, { description: 'Over which resources together.' })
  over!: Quota['over'];

  @Field(() => Int, { description: 'The most: a count, or minutes.' })
  limit!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Who reserves (kind ACCESS): by role or by group, and with every training.',
})
export class AccessSettings {
  @Field(() => [Role], {
    description: 'Who is let in by role; empty with groups: nobody; without: everybody.',
  })
  roles!: DomainRole[];
}

export const RuleSettings = createUnionType({
  name: 'RuleSettings',
  description: 'What a rule says, by its kind.',
  types: () =>
    [
      OpeningHoursSettings,
      BuffersSettings,
      NoticeSettings,
      LengthSettings,
      GridSettings,
      QuotaSettings,
      AccessSettings,
      ApprovalSettings,
      CheckInSettings,
    ] as const,
});
