import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../schema/connection.js';
import { DateTime } from '../schema/date-time.js';

@ObjectType({
  simpleResolvers: true,
  description:
    'What whoever has the reservation was asked for when it was made or moved, and what has become of it.',
})
export class ReservationCheckIn {
  @Field(() => DateTime, { description: 'From when on one checks in.' })
  opensAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The instant from which on it is too late: all that is left is free then. Null as long as it is not confirmed.',
  })
  releaseAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When somebody checked in.' })
  checkedInAt!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When they left; the window ends with that where it was before its end.',
  })
  checkedOutAt!: string | null;

  @Field(() => Boolean, { description: 'Whether one may leave before the end.' })
  checkOut!: boolean;

  @Field(() => Boolean, { description: 'Whether who is checked in may stay longer, where it is free.' })
  extension!: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'After how many dates in a row that nobody attended its series ends; null: it does not.',
  })
  strikes!: number | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'What hangs at the door of a resource. Whoever knows the addresses sees when it is taken, and no more.',
})
export class DoorLink {
  @Field(() => String, {
    description:
      'The page behind the QR code, where one checks in. A path of this server where it was not told its PUBLIC_URL.',
  })
  checkInUrl!: string;

  @Field(() => String, {
    description: 'The page for a display at the door; with .json behind it, the same for programs.',
  })
  doorUrl!: string;

  @Field(() => String, {
    description: 'What is shown as proof of standing there: the link of reservationCheckIn.',
  })
  token!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'checkInUrl as a QR code, an SVG to be printed; null where the server was not told its PUBLIC_URL.',
  })
  qrCode!: string | null;
}

export enum AttendanceBy {
  PERSON = 'PERSON',
  RESOURCE = 'RESOURCE',
}
registerEnumType(AttendanceBy, {
  name: 'AttendanceBy',
  description: 'For whom or what attendance is counted.',
  valuesConfig: {
    PERSON: { description: 'For whoever had the reservations.' },
    RESOURCE: { description: 'For what was reserved; a reservation of several counts for each.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How much of what was reserved somebody came to.' })
export class Attendance {
  @Field(() => Int, {
    description: 'Reservations to which somebody had to check in, and did, or that were released.',
  })
  due!: number;

  @Field(() => Int, { description: 'Those that were released since nobody had checked in.' })
  noShows!: number;

  @Field(() => Float, { description: 'noShows out of due: 0 to 1.' })
  rate!: number;
}

export const AttendanceConnection = connectionOf(Attendance, 'Attendance');
