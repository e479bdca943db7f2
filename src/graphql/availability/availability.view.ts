import { createUnionType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../schema/date-time.js';
import { Window } from '../schema/window.js';

@ObjectType({
  simpleResolvers: true,
  description: 'A span in which a resource, or a part of a pool, is not free: window and buffers.',
})
export class BusySpan {
  @Field(() => DateTime, { description: 'The first instant that is not free.' })
  startsAt!: number | string;

  @Field(() => DateTime, { description: 'The first instant behind it.' })
  endsAt!: number | string;

  @Field(() => Int, { description: 'How many of a pool it takes; 1 of anything else.' })
  quantity!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it dies by itself, where it is a hold; null for a confirmed one.',
  })
  heldUntil!: number | string | null;
}

@ObjectType({ simpleResolvers: true, description: 'A span with the same quantity left throughout.' })
export class FreeSpan {
  @Field(() => DateTime, { description: 'The first free instant.' })
  startsAt!: number | string;

  @Field(() => DateTime, { description: 'The first instant behind it.' })
  endsAt!: number | string;

  @Field(() => Int, { description: 'How many are left; 1 of anything that is no pool.' })
  quantity!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What one resource has free and busy in a window.' })
export class Availability {
  @Field(() => Window, { description: 'The window that was asked for.' })
  window!: Window;

  @Field(() => Int, {
    description: "Number of the resource's stream at which this was read: every change up to it is in here.",
  })
  version!: number;

  @Field(() => [BusySpan], { description: 'By start; spans reach beyond the window where they do in fact.' })
  busy!: BusySpan[];
}

export enum SnapshotCause {
  SUBSCRIBED = 'SUBSCRIBED',
  HISTORY_GONE = 'HISTORY_GONE',
  FELL_BEHIND = 'FELL_BEHIND',
}
registerEnumType(SnapshotCause, {
  name: 'SnapshotCause',
  description: 'Why a snapshot is sent instead of changes.',
  valuesConfig: {
    SUBSCRIBED: { description: 'The subscription starts here.' },
    HISTORY_GONE: { description: 'The changes since the cursor are no longer kept; forget what you knew.' },
    FELL_BEHIND: { description: 'This consumer read too slowly; forget what you knew.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description:
    'All that is busy in the watched window, as of one version. Replaces what was known of this resource.',
})
export class AvailabilitySnapshot {
  @Field(() => SnapshotCause, { description: 'Why it comes.' })
  cause!: SnapshotCause;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'The next change that touches the watched window, or of the rules. Take away what is freed, then add what is taken.',
})
export class AvailabilityChange {}

export const AvailabilityEvent = createUnionType({
  name: 'AvailabilityEvent',
  description: 'What a watched resource tells: where it stands, then every later change once and in order.',
  types: () => [AvailabilitySnapshot, AvailabilityChange] as const,
});
