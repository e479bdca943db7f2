import { Field, ID, InputType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';

@InputType({ description: 'Who acts in whose name, and until when.' })
export class DelegateAddInput {
  @Field(() => ID, { description: 'usr_…: an active user who is no guest.' })
  delegateId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'In whose name; the viewer without it. Of others for administrators alone.',
  })
  ownerId?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when, exclusively; until removed without it. Said again, the last one counts.',
  })
  until?: Date | null;
}
