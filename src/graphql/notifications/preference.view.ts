import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { MailTiming as DomainMailTiming } from '../../sql/notifications/preferences.js';
import { InvalidInput, UserError } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { NotificationKind } from './enums.js';

export enum MailTiming {
  NOW = 'NOW',
  DIGEST = 'DIGEST',
  OFF = 'OFF',
}
registerEnumType(MailTiming, {
  name: 'MailTiming',
  description: 'When mails of one kind are sent.',
  valuesConfig: {
    NOW: { description: 'Each as soon as it happens.' },
    DIGEST: { description: 'All that was collected as one, when `notificationSettings` says.' },
    OFF: { description: 'Never.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How the viewer is told of one kind of thing.' })
export class NotificationPreference {
  @Field(() => NotificationKind, { description: 'Of what.' })
  kind!: NotificationKind;

  @Field(() => Boolean, { description: 'Among `notifications`, and live by `notificationAdded`.' })
  inApp!: boolean;

  @Field(() => Boolean, { description: 'By e-mail, where the organisation sends any.' })
  byMail!: boolean;

  @Field(() => MailTiming, { description: 'The same as `byMail`, and whether at once or with the digest.' })
  mail!: DomainMailTiming;

  @Field(() => Boolean, {
    description: 'Whether its mail may wait for a digest: not where something must be done by a time.',
  })
  canWait!: boolean;
}

@InputType({ description: 'A choice for one kind of thing; what is left out stays.' })
export class NotificationPreferenceInput {
  @Field(() => NotificationKind, { description: 'Of what.' })
  kind!: NotificationKind;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to be told in the app; RESERVED and OWN_CHANGE are told by mail only.',
  })
  inApp?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to be told by e-mail.' })
  byMail?: boolean | null;

  @Field(() => MailTiming, {
    nullable: true,
    description:
      'The same, and whether at once or with the digest; by `byMail` alone what waits keeps waiting.',
  })
  mail?: DomainMailTiming | null;
}

@InputType({ description: 'What the viewer chooses; kinds that are not named stay.' })
export class NotificationPreferencesSetInput {
  @Field(() => [NotificationPreferenceInput], { description: 'Each kind at most once.' })
  preferences!: NotificationPreferenceInput[];
}

@ObjectType({ simpleResolvers: true, description: 'The choices count from the next event on.' })
export class NotificationPreferencesSetSuccess {
  @Field(() => [NotificationPreference], { description: 'All kinds, those that were not named included.' })
  preferences!: NotificationPreference[];
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'A digest may come behind the time by which this must be known or answered.',
})
export class CannotWait extends UserError {
  @Field(() => [NotificationKind], { description: 'Those that cannot be put into a digest.' })
  kinds!: NotificationKind[];
}

export const NotificationPreferencesSetResult = resultUnion(
  'NotificationPreferencesSet',
  NotificationPreferencesSetSuccess,
  InvalidInput,
  CannotWait,
);
