import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { type Day, Weekday } from '../rules/enums.js';
import { InvalidInput } from '../schema/failures.view.js';
import { LocalTime } from '../schema/local-time.js';
import { resultUnion } from '../schema/result-union.js';
import { TimeZone } from '../schema/time-zone.js';

@ObjectType({
  simpleResolvers: true,
  description: 'When the viewer is told of what has no instant of its own: reminders and digests.',
})
export class NotificationSettings {
  @Field(() => [Int], {
    description: 'How many minutes before its start each reservation is reminded of, the longest first.',
  })
  reminderMinutes!: number[];

  @Field(() => LocalTime, { description: 'When the digest comes, by the clocks of `timeZone`.' })
  digestAt!: string;

  @Field(() => [Weekday], { description: 'On which days it comes.' })
  digestDays!: Day[];

  @Field(() => TimeZone, { description: 'The one of the viewer, which `userUpdate` changes.' })
  timeZone!: string;
}

@InputType({ description: 'What is to be different; what is left out stays.' })
export class NotificationSettingsSetInput {
  @Field(() => [Int], {
    nullable: true,
    description:
      'One to three, each from 5 to 10080 (a week). No reminders at all: turn the kind REMINDER off.',
  })
  reminderMinutes?: number[] | null;

  @Field(() => LocalTime, {
    nullable: true,
    description: 'A time that clocks skip that day is moved forward by the gap; of two the earlier counts.',
  })
  digestAt?: string | null;

  @Field(() => [Weekday], { nullable: true, description: 'At least one, each once.' })
  digestDays?: Day[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'It counts from now on.' })
export class NotificationSettingsSetSuccess {
  @Field(() => NotificationSettings, { description: 'All of them, those that stayed included.' })
  settings!: NotificationSettings;
}

export const NotificationSettingsSetResult = resultUnion(
  'NotificationSettingsSet',
  NotificationSettingsSetSuccess,
  InvalidInput,
);
