import { Field, ID, InputType } from 'type-graphql';
import { ResourceQuantityInput } from '../reservations/reservation.inputs.js';

@InputType({ description: 'An iCalendar file whose events become reservations.' })
export class ReservationsImportInput {
  @Field(() => String, {
    description:
      'The file (RFC 5545), up to 80 KiB, 1,000 events and 500 windows that are not over; a larger one is imported in parts. Whole days and floating times count by the clocks of the first resource; of an event that recurs, each occurrence to come becomes a reservation of its own, up to ten years ahead.',
  })
  text!: string;

  @Field(() => [ResourceQuantityInput], { description: 'What each event reserves, 1 to 50, each once.' })
  resources!: ResourceQuantityInput[];

  @Field(() => ID, {
    nullable: true,
    description: 'Whose reservations they become; the viewer unless said otherwise.',
  })
  ownerId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The terms that the viewer accepts with this, by their keys, rul_…@version.',
  })
  acceptedTerms?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Make the reservations that can be made where others cannot; otherwise it is all or none.',
  })
  skipRefused?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Decide and answer as the real call would, and write nothing.',
  })
  dryRun?: boolean | null;
}
