import { Field, ID, InputType } from 'type-graphql';
import { SeriesScope } from '../series/enums.js';
import { InvitationAnswer } from './participant.view.js';

const SCOPE = 'How far it goes where the reservation is of a series; THIS one alone unless said otherwise.';

@InputType({ description: 'Somebody without an account here.' })
export class GuestInput {
  @Field(() => String, {
    description: 'Where they are written to; whoever is here under this address is that person.',
  })
  email!: string;

  @Field(() => String, { description: 'What they are called: 1 to 200 characters.' })
  name!: string;
}

@InputType({ description: 'Whom to invite, 1 to 200 people; who takes part already stays as they are.' })
export class ParticipantsInviteInput {
  @Field(() => [ID], { nullable: true, description: 'People with an account.' })
  userIds?: string[] | null;

  @Field(() => [GuestInput], { nullable: true, description: 'People without one, who are told by mail.' })
  guests?: GuestInput[] | null;

  @Field(() => SeriesScope, { nullable: true, description: SCOPE })
  scope?: SeriesScope | null;
}

@InputType({ description: 'Whom to take out; of a series the same people everywhere.' })
export class ParticipantsRemoveInput {
  @Field(() => [ID], {
    description: 'par_…: 1 to 200 participants; those that are gone already are no failure.',
  })
  participantIds!: string[];

  @Field(() => SeriesScope, { nullable: true, description: SCOPE })
  scope?: SeriesScope | null;
}

@InputType({ description: 'An answer to an invitation.' })
export class InvitationRespondInput {
  @Field(() => InvitationAnswer, { description: 'The answer, which replaces the one before.' })
  response!: InvitationAnswer;

  @Field(() => SeriesScope, { nullable: true, description: SCOPE })
  scope?: SeriesScope | null;
}
