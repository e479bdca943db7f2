import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from 'type-graphql';
import type { ChangeRow } from '../../sql/streams/read-changes.js';
import type { GraphQLContext } from '../context.js';
import { streamCursor } from '../live/cursor.js';
import { changesRules, type LiveEvent } from '../live/events.js';
import { resourceById } from '../resources/loaders.js';
import { Resource } from '../resources/resource.view.js';
import { DateTime } from '../schema/date-time.js';
import { Window, WindowInput } from '../schema/window.js';
import {
  AvailabilityChange,
  AvailabilityEvent,
  AvailabilitySnapshot,
  BusySpan,
} from './availability.view.js';

type SnapshotEvent = Extract<LiveEvent, { kind: 'AvailabilitySnapshot' }>;
type ChangeEvent = Extract<LiveEvent, { kind: 'AvailabilityChange' }>;

const RESOURCE = 'The resource that it is about.';
const VERSION =
  "Its place in the resource's stream; changes outside the watched window leave numbers out, and nothing is lost.";
const CURSOR = 'Pass as `after` on any instance to get exactly what comes behind this.';

@Resolver()
export class AvailabilitySubscription {
  @Subscription(() => AvailabilityEvent, {
    description:
      'Watches resources in a window: a snapshot of each, then every later change once and in order, on whichever instance it was made.',
    // Streams are told by the live room, once for all equal subscriptions, not through an iterator per socket.
    subscribe: () => {
      throw new Error('availability is served over graphql-ws by the live room');
    },
  })
  availability(
    @Root() event: LiveEvent,
    @Arg('resources', () => [ID], { description: 'The resources to watch, 1 to 200.' }) _resources: string[],
    @Arg('window', () => WindowInput, {
      description: 'The window to watch; reservations elsewhere are not told, changes of rules always are.',
    })
    _window: WindowInput,
    @Arg('after', () => [String], {
      nullable: true,
      description:
        'The last cursor known of each resource: what was missed is replayed instead of a snapshot.',
    })
    _after: string[] | null,
  ): LiveEvent {
    return event;
  }
}

@Resolver(() => AvailabilitySnapshot)
export class AvailabilitySnapshotResolver {
  @FieldResolver(() => Resource, { nullable: true, description: RESOURCE })
  resource(@Root() { row }: SnapshotEvent, @Ctx() ctx: GraphQLContext) {
    return resourceById(ctx).load(row.resourceId);
  }

  @FieldResolver(() => Int, { description: 'Every change up to this number is in the snapshot.' })
  version(@Root() { row }: SnapshotEvent): number {
    return row.version;
  }

  @FieldResolver(() => String, { description: CURSOR })
  cursor(@Root() { row }: SnapshotEvent): string {
    return streamCursor(row);
  }

  @FieldResolver(() => Window, { description: 'The watched window.' })
  window(@Root() { window }: SnapshotEvent): Window {
    return window;
  }

  @FieldResolver(() => [BusySpan], {
    description: 'By start; spans reach beyond the window where they do in fact.',
  })
  busy(@Root() { row }: SnapshotEvent) {
    return row.busy;
  }
}

function span(
  { quantity, reservationId }: ChangeRow,
  from: string | null,
  to: string | null,
  heldUntil: string | null,
) {
  return from && to && reservationId
    ? { startsAt: from, endsAt: to, quantity, heldUntil, reservationId }
    : null;
}

@Resolver(() => AvailabilityChange)
export class AvailabilityChangeResolver {
  @FieldResolver(() => Resource, { nullable: true, description: RESOURCE })
  resource(@Root() { row }: ChangeEvent, @Ctx() ctx: GraphQLContext) {
    return resourceById(ctx).load(row.resourceId);
  }

  @FieldResolver(() => Int, { description: VERSION })
  version(@Root() { row }: ChangeEvent): number {
    return row.version;
  }

  @FieldResolver(() => String, { description: CURSOR })
  cursor(@Root() { row }: ChangeEvent): string {
    return streamCursor(row);
  }

  @FieldResolver(() => BusySpan, {
    nullable: true,
    description: 'What is no longer busy; null where nothing was freed.',
  })
  freed(@Root() { row }: ChangeEvent) {
    return span(row, row.freedFrom, row.freedTo, null);
  }

  @FieldResolver(() => BusySpan, {
    nullable: true,
    description:
      'What is busy from now on; null where nothing was taken. A confirmed hold frees and takes the same span.',
  })
  taken(@Root() { row }: ChangeEvent) {
    return span(row, row.takenFrom, row.takenTo, row.takenUntil);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether rules or closures have changed and no reservation: what was free may be closed now, or the other way round. Ask for the colours again.',
  })
  areRulesChanged(@Root() { row }: ChangeEvent): boolean {
    return changesRules(row);
  }

  @FieldResolver(() => DateTime, { description: 'When it was written.' })
  changedAt(@Root() { row }: ChangeEvent): string {
    return row.at;
  }
}
