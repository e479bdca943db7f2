import { Field, ID, InputType, Int } from 'type-graphql';
import { ResourceQuantityInput } from '../reservations/reservation.inputs.js';
import { ReservationVisibility } from '../reservations/reservation.view.js';
import { TimeZone } from '../schema/time-zone.js';
import { SeriesMode, SeriesScope } from './enums.js';

const KEY =
  'Makes retries safe: the same key with the same payload gives the first answer again for 24 hours.';
const DRY = 'Decide and answer as the real call would, and write nothing.';
const MODE =
  'What becomes of conflicts; ALL_OR_NOTHING unless said otherwise, SKIP where maxConflicts is given.';
const MOST = 'How many occurrences may be left out before everything is refused; any number without it.';
const TERMS =
  'The terms that the viewer accepts with this, by their keys, rul_…@version; those that nobody asks for are no failure.';
const ALIKE = 'SUBSTITUTE: whether the other resource must have all attributes of the wanted one.';

@InputType({ description: 'A series to make: up to 1,000 occurrences in one go.' })
export class SeriesCreateInput {
  @Field(() => String, { description: 'What it is for: 1 to 200 characters.' })
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Anything else worth knowing, up to 10,000 characters.',
  })
  details?: string | null;

  @Field(() => ReservationVisibility, {
    nullable: true,
    description: 'PRIVATE shows it to those whom it concerns alone; PUBLIC unless said otherwise.',
  })
  visibility?: ReservationVisibility | null;

  @Field(() => [ResourceQuantityInput], { description: 'What each occurrence reserves, 1 to 50, each once.' })
  resources!: ResourceQuantityInput[];

  @Field(() => String, { description: 'The wall-clock start of the first occurrence: 2026-03-03T09:00.' })
  startsLocal!: string;

  @Field(() => String, { description: 'The wall-clock end of the first occurrence: 2026-03-03T10:00.' })
  endsLocal!: string;

  @Field(() => TimeZone, {
    nullable: true,
    description: 'Whose wall clock is meant; that of the first resource unless said otherwise.',
  })
  timeZone?: string | null;

  @Field(() => String, {
    description:
      'The rule by RFC 5545, with COUNT or UNTIL. Every second Tuesday, ten times: FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=10. A date alone as UNTIL means that whole day.',
  })
  rrule!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Wall-clock starts to leave out, such as 2026-03-17T09:00; COUNT counts them all the same.',
  })
  exdates?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Wall-clock starts to have beside the rule, such as 2026-03-19T09:00.',
  })
  rdates?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'On whose behalf: managers for everybody, delegates for whom they act, and whoever looks after all of the resources. Without it, for the viewer.',
  })
  ownerId?: string | null;

  @Field(() => [String], { nullable: true, description: TERMS })
  acceptedTerms?: string[] | null;

  @Field(() => SeriesMode, { nullable: true, description: MODE })
  mode?: SeriesMode | null;

  @Field(() => Int, { nullable: true, description: MOST })
  maxConflicts?: number | null;

  @Field(() => Boolean, { nullable: true, description: ALIKE })
  sameAttributes?: boolean | null;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;

  @Field(() => Boolean, { nullable: true, description: DRY })
  dryRun?: boolean | null;
}

@InputType({ description: 'How far a change of a series reaches, and what it may name.' })
export class SeriesCancelInput {
  @Field(() => SeriesScope, { description: 'Only ALL can name the series itself instead of a reservation.' })
  scope!: SeriesScope;

  @Field(() => Int, {
    nullable: true,
    description:
      'Refuse with VersionConflict unless the series, or with THIS the reservation, is at this version.',
  })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'What shall change of a series; what is left out stays. Dates stay always.' })
export class SeriesUpdateInput extends SeriesCancelInput {
  @Field(() => String, { nullable: true, description: 'The new title: 1 to 200 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'The new details, up to 10,000 characters.' })
  details?: string | null;

  @Field(() => ReservationVisibility, {
    nullable: true,
    description: 'Who sees what is reached from now on.',
  })
  visibility?: ReservationVisibility | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new wall-clock start, such as 10:30. Without endTime the length stays.',
  })
  startTime?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new wall-clock end, such as 11:30; at or before the start it means the next day.',
  })
  endTime?: string | null;

  @Field(() => [ResourceQuantityInput], {
    nullable: true,
    description: 'All resources that each occurrence shall have from now on.',
  })
  resources?: ResourceQuantityInput[] | null;

  @Field(() => [String], { nullable: true, description: TERMS })
  acceptedTerms?: string[] | null;

  @Field(() => SeriesMode, { nullable: true, description: MODE })
  mode?: SeriesMode | null;

  @Field(() => Int, { nullable: true, description: MOST })
  maxConflicts?: number | null;

  @Field(() => Boolean, { nullable: true, description: ALIKE })
  sameAttributes?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: DRY })
  dryRun?: boolean | null;
}
