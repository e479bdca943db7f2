import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';
import { UserError } from '../schema/failures.view.js';
import { Window } from '../schema/window.js';

export enum ReasonCode {
  SLOT_TAKEN = 'SLOT_TAKEN',
  SLOT_HELD = 'SLOT_HELD',
  BUFFER_CONFLICT = 'BUFFER_CONFLICT',
  CAPACITY_EXCEEDED = 'CAPACITY_EXCEEDED',
  QUANTITY_ABOVE_CAPACITY = 'QUANTITY_ABOVE_CAPACITY',
  OUTSIDE_OPENING_HOURS = 'OUTSIDE_OPENING_HOURS',
  CLOSED = 'CLOSED',
  TOO_SOON = 'TOO_SOON',
  TOO_FAR_AHEAD = 'TOO_FAR_AHEAD',
  TOO_EARLY = 'TOO_EARLY',
  TOO_LATE = 'TOO_LATE',
  TOO_SHORT = 'TOO_SHORT',
  DURATION_TOO_LONG = 'DURATION_TOO_LONG',
  MISALIGNED = 'MISALIGNED',
  QUOTA_EXCEEDED = 'QUOTA_EXCEEDED',
  NOT_PERMITTED = 'NOT_PERMITTED',
  TERMS_NOT_ACCEPTED = 'TERMS_NOT_ACCEPTED',
  RESOURCE_INACTIVE = 'RESOURCE_INACTIVE',
  INVALID_WINDOW = 'INVALID_WINDOW',
  LOCAL_TIME_GAP = 'LOCAL_TIME_GAP',
  HOLD_EXPIRED = 'HOLD_EXPIRED',
  OFFER_EXPIRED = 'OFFER_EXPIRED',
  APPROVAL_EXPIRED = 'APPROVAL_EXPIRED',
  ALREADY_DECIDED = 'ALREADY_DECIDED',
  INVALID_RRULE = 'INVALID_RRULE',
  SERIES_SELF_OVERLAP = 'SERIES_SELF_OVERLAP',
}
registerEnumType(ReasonCode, {
  name: 'ReasonCode',
  description: 'Why something is refused.',
  valuesConfig: {
    SLOT_TAKEN: { description: 'A confirmed reservation overlaps the window.' },
    SLOT_HELD: { description: 'A hold that is still alive overlaps the window; it may die at expiresAt.' },
    BUFFER_CONFLICT: { description: 'Only set-up or tear-down times overlap.' },
    CAPACITY_EXCEEDED: { description: 'At some instant of the window the pool has too little left.' },
    QUANTITY_ABOVE_CAPACITY: { description: 'More than there is at all.' },
    TOO_SOON: { description: 'The window is over, or starts before the notice that is asked for.' },
    OUTSIDE_OPENING_HOURS: { description: 'The window is not within the opening hours of the resource.' },
    CLOSED: { description: 'A closure meets the window: maintenance, a holiday.' },
    TOO_FAR_AHEAD: { description: 'The start lies behind the horizon up to which it can be reserved.' },
    TOO_EARLY: { description: 'One checks in from opensAt on.' },
    TOO_LATE: {
      description:
        'It is too close to the start to cancel it or to move it away, or it was released at expiresAt since nobody had checked in.',
    },
    TOO_SHORT: { description: 'The window is shorter than the rule asks for.' },
    DURATION_TOO_LONG: { description: 'The window is longer than the rule allows.' },
    MISALIGNED: { description: 'Start or end is not on the grid of the resource.' },
    QUOTA_EXCEEDED: { description: 'The person or the group would have more than the quota allows.' },
    NOT_PERMITTED: { description: 'This person may not do this.' },
    TERMS_NOT_ACCEPTED: {
      description:
        'Terms must be accepted first: the settings of the rule have their text, and the key for acceptedTerms.',
    },
    RESOURCE_INACTIVE: { description: 'The resource is in maintenance or retired.' },
    INVALID_WINDOW: {
      description: 'The window does not start before it ends, or lies outside all calendars.',
    },
    LOCAL_TIME_GAP: { description: 'Clocks skip this local time; earliestStart is the next that they show.' },
    HOLD_EXPIRED: { description: 'The hold died at expiresAt.' },
    OFFER_EXPIRED: {
      description:
        'The offer from the waitlist was not taken before expiresAt, or has gone back to the waitlist.',
    },
    APPROVAL_EXPIRED: { description: 'Nobody had decided when the deadline, expiresAt, came.' },
    ALREADY_DECIDED: { description: 'The reservation is in a state that this act does not start from.' },
    INVALID_RRULE: { description: 'The rule of recurrence cannot be followed; the message says why.' },
    SERIES_SELF_OVERLAP: { description: 'Two occurrences of the series overlap each other.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A reservation that stands in the way.' })
export class Conflict {
  @Field(() => Window, { description: 'Its window.' })
  window!: Window;

  @Field(() => Window, { description: 'What it occupies, buffers included.' })
  occupied!: Window;

  @Field(() => Int, { description: 'How many of a pool it takes.' })
  quantity!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it dies by itself, where it is a hold.' })
  heldUntil!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'One reason of a refusal, with what would make it pass as far as that is known.',
})
export class Reason {
  @Field(() => ReasonCode, { description: 'The kind of reason, for programs.' })
  code!: ReasonCode;

  @Field(() => String, { description: 'The same as a sentence for people.' })
  message!: string;

  @Field(() => Window, { nullable: true, description: 'The part of the wish that offends.' })
  span!: Window | null;

  @Field(() => [Conflict], { description: 'What stands in the way, up to 50.' })
  conflicts!: Conflict[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'The earliest start from which a window of the same length fits.',
  })
  earliestStart!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'TOO_FAR_AHEAD: the latest start within the horizon.',
  })
  latestStart!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'TOO_SHORT: the earliest end that is long enough.' })
  earliestEnd!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'The latest end that fits with the wished start.' })
  latestEnd!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'What the rule allows at most or asks for at least: minutes, days or a count.',
  })
  limit!: number | null;

  @Field(() => Float, { nullable: true, description: 'What this would come to, in the same unit.' })
  used!: number | null;

  @Field(() => Int, { nullable: true, description: "What is left at the window's fullest instant." })
  freeQuantity!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'When the hold in question dies or died.' })
  expiresAt!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'TOO_EARLY: when check-in opens.' })
  opensAt!: string | null;
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'Refused for all of these reasons; nothing was written.',
})
export class ReservationRefused extends UserError {
  @Field(() => [Reason], { description: 'Every reason at once, never only the first.' })
  reasons!: Reason[];
}
