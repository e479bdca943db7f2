import { Field, Int, ObjectType } from 'type-graphql';
import { Reason } from '../reservations/refusal.view.js';
import { Reservation, ReservationVisibility } from '../reservations/reservation.view.js';
import { DateTime } from '../schema/date-time.js';
import { UserError } from '../schema/failures.view.js';
import { Node } from '../schema/node.view.js';
import { TimeZone } from '../schema/time-zone.js';
import { Window } from '../schema/window.js';
import { OccurrenceOutcome } from './enums.js';

@ObjectType({ simpleResolvers: true, description: 'A resource that each occurrence of a series asks for.' })
export class SeriesResource {
  @Field(() => Int, { description: 'How many of a pool; 1 of anything else.' })
  quantity!: number;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Reservations made by one recurrence rule, at the same wall-clock time whatever the clocks do.',
})
export class Series extends Node {
  @Field(() => String, { description: 'What it is for; each reservation begins with the same title.' })
  title!: string;

  @Field(() => String, { description: 'Anything else worth knowing; empty where there is nothing.' })
  details!: string;

  @Field(() => ReservationVisibility, {
    description: 'Whether only those whom its reservations concern see them; each may have its own.',
  })
  visibility!: ReservationVisibility;

  @Field(() => String, { description: 'The rule by RFC 5545, such as FREQ=WEEKLY;BYDAY=TU;COUNT=10.' })
  rrule!: string;

  @Field(() => [String], { description: 'Wall-clock starts that the rule gives and the series leaves out.' })
  exdates!: string[];

  @Field(() => [String], { description: 'Wall-clock starts that the series has beside its rule.' })
  rdates!: string[];

  @Field(() => String, { description: 'The wall-clock start of its first occurrence: 2026-03-01T09:00.' })
  startsLocal!: string;

  @Field(() => String, { description: 'The wall-clock end of its first occurrence.' })
  endsLocal!: string;

  @Field(() => TimeZone, { description: 'Whose wall clock is meant.' })
  timeZone!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When all of it was cancelled; null while it stands.',
  })
  cancelledAt!: string | null;

  @Field(() => Int, {
    description: 'Grows with every change of the series; name it as expectedVersion to refuse a stale one.',
  })
  version!: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: string;

  @Field(() => DateTime, { description: 'When the series itself last changed.' })
  updatedAt!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Which occurrence of its series a reservation is.' })
export class ReservationOccurrence {
  @Field(() => String, { description: 'The wall-clock start that the rule gives: 2026-03-01T09:00.' })
  startsLocal!: string;

  @Field(() => Boolean, {
    description:
      'It was changed, moved or cancelled by itself, so that changes of the series leave it alone.',
  })
  isDetached!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'A resource that stands in for another one on one date.' })
export class Substitute {}

@ObjectType({ simpleResolvers: true, description: 'What became of one occurrence of a series.' })
export class SeriesOccurrence {
  @Field(() => Window, { description: 'When it is, or would have been.' })
  window!: Window;

  @Field(() => OccurrenceOutcome, { description: 'What became of it.' })
  outcome!: OccurrenceOutcome;

  @Field(() => Reservation, {
    nullable: true,
    description: 'The reservation as it is then; null where it was left out of a new series.',
  })
  reservation!: Reservation | null;

  @Field(() => [Reason], {
    description:
      'Why it was left out, or why another resource stands in; empty where nothing speaks against it.',
  })
  reasons!: Reason[];

  @Field(() => [Substitute], { description: 'What stands in for what, where the outcome is SUBSTITUTED.' })
  substitutes!: Substitute[];
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Done; the series as it is now, or as it would be in a dry run, and what became of each occurrence.',
})
export class SeriesReport {
  @Field(() => Series, { description: 'The series; after a change of this and following the new one.' })
  series!: Series;

  @Field(() => [SeriesOccurrence], { description: 'Every occurrence that the act looked at, by start.' })
  occurrences!: SeriesOccurrence[];
}

@ObjectType({
  implements: UserError,
  simpleResolvers: true,
  description: 'The whole is refused for all of these reasons; nothing was written.',
})
export class SeriesRefused extends UserError {
  @Field(() => [Reason], { description: 'Every reason at once, never only the first.' })
  reasons!: Reason[];

  @Field(() => [SeriesOccurrence], {
    description: 'The occurrences that they are about; empty where they are about the request as a whole.',
  })
  occurrences!: SeriesOccurrence[];
}
