import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { freeSpans } from '../../domain/availability/free-spans.js';
import { mayRead } from '../../domain/reservations/rights.js';
import type { Window as Span } from '../../domain/time/window.js';
import { matchingResources } from '../../sql/matching-resources.js';
import {
  type AvailabilityRow,
  type AvailabilityShown,
  BUSY_KEYS,
  type BusyKey,
  type BusyRow,
  readAvailability,
} from '../../sql/read-availability.js';
import type { GraphQLContext } from '../context.js';
import { badUserInput } from '../errors.js';
import { streamCursor } from '../live/cursor.js';
import { reservationById } from '../reservations/loaders.js';
import { Reservation } from '../reservations/reservation.view.js';
import { resourceById } from '../resources/loaders.js';
import { resourceColumnsShown } from '../resources/plain-columns.js';
import { Resource } from '../resources/resource.view.js';
import { ResourceFilter } from '../resources/resource-filter.inputs.js';
import { readResourceFilter } from '../resources/resource-filter.js';
import { bareId } from '../schema/ids.js';
import { readViewedWindow } from '../schema/read-window.js';
import { planned, selectedOf } from '../schema/selection.js';
import { WindowInput } from '../schema/window.js';
import { Availability, BusySpan, FreeSpan } from './availability.view.js';

/** How many resources one reading of availability covers. */
export const MOST_RESOURCES = 500;

export interface AvailabilityOf {
  readonly row: AvailabilityRow;
  readonly window: Span;
}

const COLUMN_OF: Readonly<Record<string, BusyKey>> = {
  quantity: 'quantity',
  heldUntil: 'heldUntil',
  reservation: 'reservationId',
};

/** What of each span is looked at: what is free is worked out of their quantities. */
const shownOf = planned((info: GraphQLResolveInfo): AvailabilityShown => {
  const fields = new Set(selectedOf(info, 'busy') ?? []);
  if (selectedOf(info, 'free')) fields.add('quantity');
  const columns = new Set([...fields].map((field) => COLUMN_OF[field]));
  return { resource: resourceColumnsShown(info), busy: BUSY_KEYS.filter((key) => columns.has(key)) };
});

@Resolver(() => Availability)
export class AvailabilityResolver {
  @Query(() => [Availability], {
    description:
      'What resources have free and busy in a window: those named, or those that a filter finds, up to 500.',
  })
  async availability(
    @Arg('window', () => WindowInput, { description: 'The window to look at, up to 400 days.' })
    window: WindowInput,
    @Arg('resources', () => [ID], {
      nullable: true,
      description: 'The resources, up to 500. Name these or a filter.',
    })
    resources: string[] | null,
    @Arg('filter', () => ResourceFilter, {
      nullable: true,
      description: 'Which resources, by name. Name this or resources.',
    })
    filter: ResourceFilter | null,
    @Ctx() ctx: GraphQLContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<AvailabilityOf[]> {
    const viewed = await readViewedWindow(window);
    if ((resources == null) === (filter == null)) throw badUserInput('Name either resources or a filter.');
    if ((resources?.length ?? 0) > MOST_RESOURCES)
      throw badUserInput(`Name at most ${MOST_RESOURCES} resources.`);
    const ids =
      resources?.map((id) => bareId('Resource', id)) ??
      (await matchingResources(ctx.db, readResourceFilter(filter), MOST_RESOURCES));
    const rows = await readAvailability(ctx.db, ctx.clock.fixed(), ids, viewed, shownOf(info));
    return rows.map((row) => ({ row, window: viewed, version: row.version, busy: row.busy }));
  }

  @FieldResolver(() => Resource, { nullable: true, description: 'The resource.' })
  resource(@Root() { row }: AvailabilityOf, @Ctx() ctx: GraphQLContext) {
    return row.resource ?? resourceById(ctx).load(row.resourceId);
  }

  @FieldResolver(() => [FreeSpan], { description: 'What is left of the window, by start.' })
  free(@Root() { row, window }: AvailabilityOf) {
    return freeSpans(row, window);
  }

  @FieldResolver(() => String, {
    description: 'Pass as `after` to the availability subscription to get every later change.',
  })
  cursor(@Root() { row }: AvailabilityOf): string {
    return streamCursor(row);
  }
}

@Resolver(() => BusySpan)
export class BusySpanResolver {
  @FieldResolver(() => Reservation, {
    nullable: true,
    description: 'What makes it busy; null where the viewer may not see that.',
  })
  async reservation(@Root() span: BusyRow, @Ctx() ctx: GraphQLContext) {
    const row = await reservationById(ctx).load(span.reservationId);
    return row && mayRead(ctx.viewer, row) ? row : null;
  }
}
