import { Field, InputType, ObjectType } from 'type-graphql';
import { InvalidInput } from '../schema/failures.view.js';
import { resultUnion } from '../schema/result-union.js';
import { NotificationKind } from './enums.js';

@ObjectType({ simpleResolvers: true, description: 'How the viewer is told of one kind of thing.' })
export class NotificationPreference {
  @Field(() => NotificationKind, { description: 'Of what.' })
  kind!: NotificationKind;

  @Field(() => Boolean, { description: 'Among `notifications`, and live by `notificationAdded`.' })
  inApp!: boolean;

  @Field(() => Boolean, { description: 'By e-mail, where the organisation sends any.' })
  byMail!: boolean;
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

export const NotificationPreferencesSetResult = resultUnion(
  'NotificationPreferencesSet',
  NotificationPreferencesSetSuccess,
  InvalidInput,
);
