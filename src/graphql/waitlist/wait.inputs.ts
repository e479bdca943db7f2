import { Field, ID, InputType, Int } from 'type-graphql';
import { ResourceQuantityInput } from '../reservations/reservation.inputs.js';
import { ReservationVisibility } from '../reservations/reservation.view.js';
import { WindowInput } from '../schema/window.js';

@InputType({ description: 'What the viewer wants to wait for, all of it or nothing.' })
export class WaitlistJoinInput {
  @Field(() => String, { description: 'The title of the reservation that it becomes: 1 to 200 characters.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Its details, up to 10,000 characters.' })
  details?: string | null;

  @Field(() => ReservationVisibility, {
    nullable: true,
    description: 'PRIVATE offers a hold that only those see whom it concerns; PUBLIC unless said otherwise.',
  })
  visibility?: ReservationVisibility | null;

  @Field(() => WindowInput, {
    description: 'Exactly when; or, with minutes, up to 14 days within which it may be.',
  })
  window!: WindowInput;

  @Field(() => Int, {
    nullable: true,
    description: 'How long the reservation is to be, anywhere within the window; all of it without this.',
  })
  minutes?: number | null;

  @Field(() => [ResourceQuantityInput], { description: 'Which resources, all at once: 1 to 10, each once.' })
  resources!: ResourceQuantityInput[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'If true, equals of each do as well: active ones of the same type at the same site, with room and seats enough.',
  })
  orEquivalent?: boolean | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Attributes, by their keys, in which these must have the same values; up to 20.',
  })
  sameAttributes?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Who is to wait, and has what is offered: for whom the viewer may reserve. Without it, the viewer.',
  })
  ownerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Makes a retry safe: the same key finds the same wish, as it stands by then, for 24 hours.',
  })
  idempotencyKey?: string | null;
}
