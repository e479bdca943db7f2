import { Field, ID, InputType, Int } from 'type-graphql';
import { WindowInput } from '../schema/window.js';
import { ReservationState, ReservationVisibility } from './reservation.view.js';

const KEY =
  'Makes retries safe: the same key with the same payload gives the first answer again for 24 hours.';
const DRY = 'Decide and answer as the real call would, and write nothing.';
const TERMS =
  'The terms that the viewer accepts with this, by their keys, rul_…@version; those that nobody asks for are no failure.';
const VERSION = 'Refuse with VersionConflict unless the reservation is at this version.';

@InputType({ description: 'A resource to reserve.' })
export class ResourceQuantityInput {
  @Field(() => ID, { description: 'The resource.' })
  resourceId!: string;

  @Field(() => Int, { nullable: true, description: 'How many of a pool; 1 unless said otherwise.' })
  quantity?: number | null;
}

@InputType({ description: 'A reservation to make, all of it or nothing.' })
export class ReservationCreateInput {
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

  @Field(() => WindowInput, { description: 'When.' })
  window!: WindowInput;

  @Field(() => [ResourceQuantityInput], { description: 'Which resources, 1 to 50, each once.' })
  resources!: ResourceQuantityInput[];

  @Field(() => ID, {
    nullable: true,
    description:
      'On whose behalf: managers for everybody, delegates for whom they act, and whoever looks after all of the resources. Without it, for the viewer.',
  })
  ownerId?: string | null;

  @Field(() => [String], { nullable: true, description: TERMS })
  acceptedTerms?: string[] | null;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;

  @Field(() => Boolean, { nullable: true, description: DRY })
  dryRun?: boolean | null;
}

@InputType({ description: 'A reservation that dies by itself unless it is confirmed first.' })
export class ReservationHoldInput extends ReservationCreateInput {
  @Field(() => Int, {
    nullable: true,
    description: 'How long it lives: 1 second to 24 hours; 10 minutes unless said otherwise.',
  })
  holdSeconds?: number | null;
}

@InputType({ description: 'What a change of an existing reservation may name.' })
export class ReservationActInput {
  @Field(() => [String], {
    nullable: true,
    description:
      'To confirm, or to move to other resources: the terms that the viewer accepts with that, by their keys, rul_…@version.',
  })
  acceptedTerms?: string[] | null;

  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

@InputType({ description: 'New words for a reservation; what is left out stays.' })
export class ReservationUpdateInput extends ReservationActInput {
  @Field(() => String, { nullable: true, description: 'The new title: 1 to 200 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'The new details, up to 10,000 characters.' })
  details?: string | null;

  @Field(() => ReservationVisibility, {
    nullable: true,
    description: 'Who sees it from now on.',
  })
  visibility?: ReservationVisibility | null;
}

@InputType({ description: 'A later or earlier end for a reservation.' })
export class ReservationExtendInput extends ReservationActInput {
  @Field(() => WindowInput, {
    nullable: true,
    description: 'The new end, as endsAt or endsAtLocal; the start stays.',
  })
  window?: WindowInput | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Instead of a window: by how many minutes it shall end later, 1 to 10,080.',
  })
  minutes?: number | null;

  @Field(() => Boolean, { nullable: true, description: DRY })
  dryRun?: boolean | null;
}

@InputType({ description: 'Where a reservation shall go; what is left out stays.' })
export class ReservationMoveInput extends ReservationActInput {
  @Field(() => WindowInput, { nullable: true, description: 'The new window, or only one side of it.' })
  window?: WindowInput | null;

  @Field(() => [ResourceQuantityInput], {
    nullable: true,
    description: 'All resources that it shall have from now on.',
  })
  resources?: ResourceQuantityInput[] | null;

  @Field(() => Boolean, { nullable: true, description: DRY })
  dryRun?: boolean | null;
}

@InputType({ description: 'One move of a batch.' })
export class ReservationMoveItem {
  @Field(() => ID, { description: 'The reservation to move.' })
  id!: string;

  @Field(() => [String], { nullable: true, description: TERMS })
  acceptedTerms?: string[] | null;

  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;

  @Field(() => WindowInput, { nullable: true, description: 'The new window, or only one side of it.' })
  window?: WindowInput | null;

  @Field(() => [ResourceQuantityInput], {
    nullable: true,
    description: 'All resources that it shall have from now on.',
  })
  resources?: ResourceQuantityInput[] | null;
}

@InputType({
  description:
    'Several moves that happen together or not at all, judged at their end: two reservations can swap.',
})
export class ReservationsMoveInput {
  @Field(() => [ReservationMoveItem], { description: 'The moves, 1 to 50, each reservation once.' })
  moves!: ReservationMoveItem[];

  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;

  @Field(() => Boolean, { nullable: true, description: DRY })
  dryRun?: boolean | null;
}

@InputType({ description: 'Which reservations; all that is given must hold.' })
export class ReservationFilter {
  @Field(() => WindowInput, { nullable: true, description: 'Those whose window overlaps this one.' })
  window?: WindowInput | null;

  @Field(() => [ID], { nullable: true, description: 'Those on any of these resources, up to 500.' })
  resourceIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'Those of this owner.' })
  ownerId?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Only the viewer's own." })
  mine?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "The viewer's own, and those that they are invited to and have not declined.",
  })
  attending?: boolean | null;

  @Field(() => [ReservationState], {
    nullable: true,
    description: 'Those in any of these states, by the clock.',
  })
  states?: ReservationState[] | null;
}
