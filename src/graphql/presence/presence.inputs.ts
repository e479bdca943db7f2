import { Field, ID, InputType } from 'type-graphql';
import { ReservationActInput } from '../reservations/reservation.inputs.js';
import { WindowInput } from '../schema/window.js';

@InputType({ description: 'What a check-in may name.' })
export class ReservationCheckInInput extends ReservationActInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The last part of the address at the door, as the QR code has it: with it everybody who is signed in checks in to what is reserved there.',
  })
  link?: string | null;
}

@InputType({ description: 'Of which reservations attendance is counted.' })
export class AttendanceFilter {
  @Field(() => WindowInput, { description: 'Those that start in this window.' })
  window!: WindowInput;

  @Field(() => ID, { nullable: true, description: 'Those of this person.' })
  ownerId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Those of any of these resources, up to 500.' })
  resourceIds?: string[] | null;
}
